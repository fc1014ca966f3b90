// Synthetic, inert fixture written from public reports
//! Installs git hooks that a project lists in its manifest.

use std::path::{Path, PathBuf};
use std::{fs, io};

const TEMPLATE: &str = include_str!("../templates/hook.sh");
const MARK: &str = "written by hookset";
const KNOWN: &[&str] = &[
    "commit-msg",
    "post-checkout",
    "post-merge",
    "post-rewrite",
    "pre-commit",
    "pre-push",
    "prepare-commit-msg",
];

/// One hook of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hook {
    /// Name as git has it.
    pub name: String,
    /// Command line.
    pub command: String,
}

fn other(message: impl Into<String>) -> io::Error {
    io::Error::other(message.into())
}

/// The hooks a manifest lists.
pub fn listed(manifest: &str) -> io::Result<Vec<Hook>> {
    let table: toml::Table = manifest.parse().map_err(|e| other(format!("Cargo.toml: {e}")))?;
    let hooks = table
        .get("package")
        .and_then(|p| p.get("metadata"))
        .and_then(|m| m.get("hooks"))
        .and_then(|h| h.as_table());
    let mut out = Vec::new();
    for (name, command) in hooks.into_iter().flatten() {
        if !KNOWN.contains(&name.as_str()) {
            return Err(other(format!("{name} is no hook; known are {}", KNOWN.join(", "))));
        }
        let command = command.as_str().ok_or_else(|| other(format!("{name}: expected a string")))?;
        out.push(Hook { name: name.clone(), command: command.to_owned() });
    }
    Ok(out)
}

impl Hook {
    /// The script.
    pub fn script(&self) -> String {
        let body = TEMPLATE.replace("{name}", &self.name).replace("{command}", &self.command);
        format!("#!/bin/sh\n{body}")
    }
}

/// Takes out the hooks that `install` wrote.
pub fn remove(project: &Path) -> io::Result<usize> {
    let mut count = 0;
    for name in KNOWN {
        let path = project.join(".git/hooks").join(name);
        if fs::read_to_string(&path).is_ok_and(|text| text.contains(MARK)) {
            fs::remove_file(&path)?;
            count += 1;
        }
    }
    Ok(count)
}

/// Writes the hooks of a project and gives their paths.
pub fn install(project: &Path) -> io::Result<Vec<PathBuf>> {
    let hooks = listed(&fs::read_to_string(project.join("Cargo.toml"))?)?;
    let dir = project.join(".git/hooks");
    fs::create_dir_all(&dir)?;
    let mut written = Vec::new();
    for hook in hooks {
        let path = dir.join(&hook.name);
        if let Ok(text) = fs::read_to_string(&path) {
            if !text.contains(MARK) {
                eprintln!("hookset: {} is not ours and stays", path.display());
                continue;
            }
        }
        fs::write(&path, hook.script())?;
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            fs::set_permissions(&path, fs::Permissions::from_mode(0o755))?;
        }
        written.push(path);
    }
    Ok(written)
}

#[cfg(test)]
mod tests {
    #[test]
    fn refuses_unknown_hooks() {
        assert!(super::listed("[package.metadata.hooks]\npre-lunch = \"true\"").is_err());
    }
}

inert_fixture_does_not_build!();
