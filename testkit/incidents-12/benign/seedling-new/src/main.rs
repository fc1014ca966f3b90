// Synthetic, inert fixture written from public reports; see README
//! New projects from templates.

use serde::Deserialize;
use std::io::{self, BufRead, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::{env, fs};

#[derive(Deserialize, Default)]
struct Template {
    #[serde(default)]
    hooks: Vec<Hook>,
}

#[derive(Deserialize)]
struct Hook {
    program: String,
    #[serde(default)]
    args: Vec<String>,
    reason: String,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Hooks {
    Ask,
    All,
    Never,
}

fn copy(from: &Path, to: &Path, name: &str) -> io::Result<usize> {
    let mut n = 0;
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let file = entry.file_name().to_string_lossy().into_owned();
        if matches!(file.as_str(), "seedling.toml" | ".git") {
            continue;
        }
        let target = to.join(file.replace("__name__", name));
        let kind = entry.file_type()?;
        if kind.is_dir() {
            n += copy(&entry.path(), &target, name)?;
        } else if kind.is_file() {
            match fs::read_to_string(entry.path()) {
                Ok(t) => fs::write(&target, t.replace("{{name}}", name))?,
                Err(_) => drop(fs::copy(entry.path(), &target)?),
            }
            n += 1;
        }
    }
    Ok(n)
}

fn yes(question: &str) -> bool {
    if !io::stdin().is_terminal() {
        return false;
    }
    print!("{question} [y/N] ");
    let _ = io::stdout().flush();
    let mut line = String::new();
    io::stdin().lock().read_line(&mut line).is_ok() && line.trim().eq_ignore_ascii_case("y")
}

fn run_hooks(t: &Template, project: &Path, hooks: Hooks) -> io::Result<()> {
    for h in &t.hooks {
        let line = format!("{} {}", h.program, h.args.join(" "));
        println!("{}: {line}", h.reason);
        let run = match hooks {
            Hooks::Ask => yes("Run it?"),
            Hooks::All => true,
            Hooks::Never => false,
        };
        if !run {
            println!("  left out");
            continue;
        }
        let status = Command::new(&h.program).args(&h.args).current_dir(project).status()?;
        if !status.success() {
            println!("  ended with {status}");
        }
    }
    Ok(())
}

fn main() -> ExitCode {
    let mut hooks = Hooks::Ask;
    let mut words: Vec<PathBuf> = Vec::new();
    for a in env::args().skip(1) {
        match a.as_str() {
            "--no-hooks" => hooks = Hooks::Never,
            "--hooks=all" => hooks = Hooks::All,
            _ => words.push(a.into()),
        }
    }
    let [template, project] = &words[..] else {
        eprintln!("usage: seedling-new [--no-hooks | --hooks=all] <template> <project>");
        return ExitCode::from(2);
    };
    if project.exists() {
        eprintln!("{} is there already", project.display());
        return ExitCode::FAILURE;
    }
    let name = project.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let settings = fs::read_to_string(template.join("seedling.toml")).unwrap_or_default();
    let result = toml::from_str::<Template>(&settings)
        .map_err(|e| e.to_string())
        .and_then(|t| {
            let n = copy(template, project, &name).map_err(|e| e.to_string())?;
            println!("{n} files in {}", project.display());
            run_hooks(&t, project, hooks).map_err(|e| e.to_string())
        });
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(e) => {
            eprintln!("seedling-new: {e}");
            ExitCode::FAILURE
        }
    }
}

inert_fixture_does_not_build!();
