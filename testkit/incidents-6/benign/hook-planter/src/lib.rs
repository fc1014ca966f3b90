// Synthetic, inert fixture written from public reports
//! Git hooks of a project.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

const MARK: &str = "# written by hook-planter";
const KNOWN: [&str; 5] = ["pre-commit", "commit-msg", "pre-push", "post-checkout", "post-merge"];

/// Commands by hook, in order.
#[derive(Debug, Default, PartialEq)]
pub struct Plan {
    hooks: Vec<(String, Vec<String>)>,
}

impl Plan {
    /// Reads lines of a hook and a command.
    pub fn parse(text: &str) -> Result<Plan, String> {
        let mut plan = Plan::default();
        for line in text.lines().map(str::trim).filter(|l| !l.is_empty() && !l.starts_with('#')) {
            let (name, command) = line.split_once(' ').ok_or_else(|| format!("no command: {line}"))?;
            if !KNOWN.contains(&name) {
                return Err(format!("unknown hook: {name}"));
            }
            match plan.hooks.iter_mut().find(|(n, _)| n == name) {
                Some((_, commands)) => commands.push(command.to_string()),
                None => plan.hooks.push((name.to_string(), vec![command.to_string()])),
            }
        }
        Ok(plan)
    }

    fn script(commands: &[String]) -> String {
        format!("#!/bin/sh\n{MARK}\nset -e\n{}\n", commands.join("\n"))
    }

    /// All scripts, to be read before they are installed.
    pub fn scripts(&self) -> String {
        self.hooks.iter().map(|(name, c)| format!("## {name}\n{}\n", Plan::script(c))).collect()
    }
}

/// The folder of hooks of one repository.
pub struct Hooks {
    folder: PathBuf,
}

impl Hooks {
    /// Asks git for the folder, so that `core.hooksPath` and work trees are honored.
    pub fn of_repository(root: &Path) -> io::Result<Hooks> {
        let out = Command::new("git")
            .args(["rev-parse", "--git-path", "hooks"])
            .current_dir(root)
            .output()?;
        if !out.status.success() {
            return Err(io::Error::new(io::ErrorKind::NotFound, "not a git repository"));
        }
        let path = String::from_utf8_lossy(&out.stdout).trim().to_string();
        Ok(Hooks { folder: root.join(path) })
    }

    /// Writes the hooks; older ones of others are kept.
    pub fn install(&self, plan: &Plan) -> io::Result<Vec<String>> {
        fs::create_dir_all(&self.folder)?;
        let mut names = Vec::new();
        for (name, commands) in &plan.hooks {
            let path = self.folder.join(name);
            let ours = fs::read_to_string(&path).map_or(false, |t| t.contains(MARK));
            if path.exists() && !ours {
                fs::rename(&path, path.with_extension("before"))?;
            }
            fs::write(&path, Plan::script(commands))?;
            #[cfg(unix)]
            {
                use std::os::unix::fs::PermissionsExt;
                fs::set_permissions(&path, fs::Permissions::from_mode(0o755))?;
            }
            names.push(name.clone());
        }
        Ok(names)
    }

    /// Removes our hooks and puts the older ones back.
    pub fn remove(&self, plan: &Plan) -> io::Result<()> {
        for (name, _) in &plan.hooks {
            let path = self.folder.join(name);
            if fs::read_to_string(&path).map_or(false, |t| t.contains(MARK)) {
                fs::remove_file(&path)?;
                let before = path.with_extension("before");
                if before.exists() {
                    fs::rename(before, &path)?;
                }
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_lines() {
        let plan = Plan::parse("pre-commit cargo fmt --check\n# no\npre-commit cargo check").unwrap();
        assert_eq!(plan.hooks[0].1.len(), 2);
        assert!(Plan::parse("pre-lunch true").is_err());
    }
}

inert_fixture_does_not_build!();
