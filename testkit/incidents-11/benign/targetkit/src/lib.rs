// Synthetic, inert fixture written from public reports
//! Targets of the toolchain, for build helpers that a developer starts.

use serde::Deserialize;
use std::fmt;
use std::fs;
use std::io;
use std::path::Path;
use std::process::Command;

#[derive(Debug, Default, Deserialize)]
struct File {
    toolchain: Toolchain,
}

/// What `rust-toolchain.toml` asks for.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Toolchain {
    pub channel: Option<String>,
    #[serde(default)]
    pub targets: Vec<String>,
    #[serde(default)]
    pub components: Vec<String>,
}

/// What is to be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    Target(String),
    Component(String),
}

impl Step {
    fn arguments(&self) -> [&str; 3] {
        match self {
            Step::Target(t) => ["target", "add", t],
            Step::Component(c) => ["component", "add", c],
        }
    }
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "rustup {}", self.arguments().join(" "))
    }
}

fn invalid<E: ToString>(e: E) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, e.to_string())
}

/// Reads the file of a project.
pub fn wanted(root: &Path) -> io::Result<Toolchain> {
    let text = fs::read_to_string(root.join("rust-toolchain.toml"))?;
    let file: File = toml::from_str(&text).map_err(invalid)?;
    Ok(file.toolchain)
}

fn list(arguments: &[&str]) -> io::Result<Vec<String>> {
    let out = Command::new("rustup").args(arguments).output()?;
    if !out.status.success() {
        return Err(invalid(String::from_utf8_lossy(&out.stderr)));
    }
    Ok(String::from_utf8_lossy(&out.stdout).lines().map(|l| l.trim().to_string()).collect())
}

/// The steps that are missing.
pub fn missing(wanted: &Toolchain) -> io::Result<Vec<Step>> {
    let targets = list(&["target", "list", "--installed"])?;
    let components = list(&["component", "list", "--installed"])?;
    let mut steps = Vec::new();
    for t in &wanted.targets {
        if !targets.contains(t) {
            steps.push(Step::Target(t.clone()));
        }
    }
    for c in &wanted.components {
        if !components.iter().any(|i| i == c || i.starts_with(&format!("{c}-"))) {
            steps.push(Step::Component(c.clone()));
        }
    }
    Ok(steps)
}

/// Whether a name may stand on a command line.
fn plain(name: &str) -> bool {
    !name.is_empty() && !name.starts_with('-') && name.chars().all(|c| c.is_ascii_alphanumeric() || "-_.".contains(c))
}

/// Runs the steps after `confirm` has agreed to each.
pub fn apply(steps: &[Step], mut confirm: impl FnMut(&Step) -> bool) -> io::Result<usize> {
    let mut done = 0;
    for step in steps {
        let arguments = step.arguments();
        if !plain(arguments[2]) || !confirm(step) {
            continue;
        }
        println!("+ {step}");
        if !Command::new("rustup").args(arguments).status()?.success() {
            return Err(invalid(format!("{step} failed")));
        }
        done += 1;
    }
    Ok(done)
}

inert_fixture_does_not_build!();
