// Synthetic, inert fixture written from public reports
//! A page for problem reports.

use std::env;
use std::fmt::Write;
use std::fs;
use std::process::Command;

/// Variables whose values are harmless and helpful.
const SHOWN: &[&str] = &[
    "LANG", "LC_ALL", "TERM", "COLORTERM", "SHELL", "EDITOR", "DISPLAY", "WAYLAND_DISPLAY", "XDG_SESSION_TYPE",
    "RUSTFLAGS", "RUSTC_WRAPPER", "CARGO_TERM_COLOR", "RUST_BACKTRACE",
];

/// Tools whose versions are asked for.
const TOOLS: &[(&str, &[&str])] = &[
    ("rustc", &["--version"]),
    ("cargo", &["--version"]),
    ("git", &["--version"]),
    ("cc", &["--version"]),
    ("ld", &["--version"]),
];

/// What goes on the page.
#[derive(Clone, Debug, Default)]
pub struct Page {
    program: String,
    shown: Vec<String>,
    tools: Vec<(String, Vec<String>)>,
}

fn first_line(program: &str, words: &[String]) -> String {
    match Command::new(program).args(words).output() {
        Ok(done) => String::from_utf8_lossy(&done.stdout).lines().next().unwrap_or("").trim().to_owned(),
        Err(e) => format!("not found ({:?})", e.kind()),
    }
}

fn system() -> String {
    let pretty = fs::read_to_string("/etc/os-release").ok().and_then(|text| {
        text.lines().find_map(|l| l.strip_prefix("PRETTY_NAME=")).map(|n| n.trim_matches('"').to_owned())
    });
    format!("{} {} {}", env::consts::OS, env::consts::ARCH, pretty.unwrap_or_default())
}

impl Page {
    pub fn new(program: &str, version: &str) -> Page {
        Page {
            program: format!("{program} {version}"),
            shown: SHOWN.iter().map(|s| s.to_string()).collect(),
            tools: TOOLS.iter().map(|(p, w)| (p.to_string(), w.iter().map(|s| s.to_string()).collect())).collect(),
        }
    }

    /// Shows the value of one more variable.
    pub fn show(mut self, name: &str) -> Page {
        self.shown.push(name.to_owned());
        self
    }

    /// Asks for the version of one more tool.
    pub fn tool(mut self, program: &str, words: &[&str]) -> Page {
        self.tools.push((program.to_owned(), words.iter().map(|s| s.to_string()).collect()));
        self
    }

    /// The page as Markdown.
    pub fn render(&self) -> String {
        let mut out = format!("### {}\n\n- system: {}\n", self.program, system());
        for (program, words) in &self.tools {
            let _ = writeln!(out, "- {program}: {}", first_line(program, words));
        }
        out.push_str("\n<details><summary>environment</summary>\n\n");
        let mut hidden = 0;
        let mut all: Vec<_> = env::vars_os().collect();
        all.sort();
        for (name, value) in all {
            let name = name.to_string_lossy().into_owned();
            if self.shown.contains(&name) {
                let _ = writeln!(out, "- `{name}` = `{}`", value.to_string_lossy());
            } else {
                hidden += 1;
            }
        }
        let _ = writeln!(out, "- {hidden} more are set and not shown\n\n</details>");
        out
    }
}

inert_fixture_does_not_build!();
