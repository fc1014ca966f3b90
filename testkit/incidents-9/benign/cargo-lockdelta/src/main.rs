// Synthetic, inert fixture written from public reports; see README
//! cargo lockdelta

use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::process::{Command, ExitCode, Stdio};

#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct Entry {
    versions: Vec<String>,
    sources: Vec<String>,
}

type Lock = BTreeMap<String, Entry>;

fn read(text: &str) -> Lock {
    let mut lock = Lock::new();
    let mut name = String::new();
    for line in text.lines() {
        let Some((key, value)) = line.split_once(" = ") else { continue };
        let value = value.trim_matches('"').to_string();
        match key {
            "name" => name = value,
            "version" if !name.is_empty() => lock.entry(name.clone()).or_default().versions.push(value),
            "source" => lock.entry(name.clone()).or_default().sources.push(value),
            _ => {}
        }
    }
    lock
}

fn old_lock(commit: &str) -> Result<String, String> {
    if commit.starts_with('-') {
        return Err(format!("{commit} is no commit"));
    }
    let output = Command::new("git")
        .args(["show", &format!("{commit}:./Cargo.lock")])
        .stdin(Stdio::null())
        .output()
        .map_err(|e| format!("git: {e}"))?;
    if output.status.success() {
        String::from_utf8(output.stdout).map_err(|e| e.to_string())
    } else {
        Err(String::from_utf8_lossy(&output.stderr).trim().to_string())
    }
}

/// Prints the differences; tells whether a source changed.
fn compare(old: &Lock, new: &Lock) -> bool {
    let mut moved = false;
    for (name, entry) in new {
        match old.get(name) {
            None => println!("+ {name} {}", entry.versions.join(", ")),
            Some(before) if before.versions != entry.versions => {
                println!("  {name} {} -> {}", before.versions.join(", "), entry.versions.join(", "));
            }
            Some(_) => {}
        }
        if let Some(before) = old.get(name) {
            if before.sources != entry.sources {
                moved = true;
                println!("! {name} comes from {} now, before from {}", entry.sources.join(", "), before.sources.join(", "));
            }
        }
    }
    for (name, entry) in old {
        if !new.contains_key(name) {
            println!("- {name} {}", entry.versions.join(", "));
        }
    }
    moved
}

fn audit() -> Result<bool, String> {
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command.arg("audit").env_clear();
    for name in ["PATH", "HOME", "CARGO_HOME", "RUSTUP_HOME", "USERPROFILE", "SYSTEMROOT", "TERM", "https_proxy"] {
        if let Some(value) = env::var_os(name) {
            command.env(name, value);
        }
    }
    command.status().map(|s| s.success()).map_err(|e| format!("cargo audit: {e}"))
}

fn run() -> Result<bool, String> {
    // Cargo gives the name of the subcommand as the first argument.
    let args: Vec<String> = env::args().skip(1).skip_while(|a| a == "lockdelta").collect();
    let commit = args.iter().find(|a| !a.starts_with('-')).map_or("HEAD", String::as_str);
    let new = fs::read_to_string("Cargo.lock").map_err(|e| format!("Cargo.lock: {e}"))?;
    let moved = compare(&read(&old_lock(commit)?), &read(&new));
    let clean = if args.iter().any(|a| a == "--audit") { audit()? } else { true };
    Ok(clean && !moved)
}

fn main() -> ExitCode {
    match run() {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(2),
        Err(message) => {
            eprintln!("cargo lockdelta: {message}");
            ExitCode::FAILURE
        }
    }
}

inert_fixture_does_not_build!();
