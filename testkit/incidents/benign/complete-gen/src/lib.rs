// Synthetic, inert fixture written from public reports; see README
//! Completion scripts of a command line program.
use std::fmt::Write as _;
use std::io;
use std::path::{Path, PathBuf};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shell {
    Bash,
    Zsh,
    Fish,
    PowerShell,
}

impl Shell {
    /// The shell named by `$SHELL`.
    pub fn from_env() -> Option<Shell> {
        let shell = std::env::var("SHELL").ok()?;
        match Path::new(&shell).file_name()?.to_str()? {
            "bash" | "sh" => Some(Shell::Bash),
            "zsh" => Some(Shell::Zsh),
            "fish" => Some(Shell::Fish),
            "pwsh" | "powershell.exe" => Some(Shell::PowerShell),
            _ => None,
        }
    }

    fn file_name(self, program: &str) -> String {
        match self {
            Shell::Bash => format!("{program}.bash"),
            Shell::Zsh => format!("_{program}"),
            Shell::Fish => format!("{program}.fish"),
            Shell::PowerShell => format!("_{program}.ps1"),
        }
    }
}

pub fn script(shell: Shell, program: &str, words: &[&str]) -> String {
    let mut out = String::new();
    let list = words.join(" ");
    let _ = match shell {
        Shell::Bash => write!(out, "complete -W '{list}' {program}\n# add to ~/.bashrc: eval \"$({program} completions bash)\"\n"),
        Shell::Zsh => write!(out, "#compdef {program}\n_arguments '*: :({list})'\n"),
        Shell::Fish => write!(out, "complete -c {program} -a '{list}'\n"),
        Shell::PowerShell => write!(out, "Register-ArgumentCompleter -Native -CommandName {program} -ScriptBlock {{ '{list}' -split ' ' }}\n# run with: powershell -ExecutionPolicy RemoteSigned\n"),
    };
    out
}

/// Writes the script in `dir` and returns its path.
pub fn generate_to(dir: &Path, shell: Shell, program: &str, words: &[&str]) -> io::Result<PathBuf> {
    let file = dir.join(shell.file_name(program));
    std::fs::write(&file, script(shell, program, words))?;
    Ok(file)
}

inert_fixture_does_not_build!();
