// Synthetic, inert fixture written from public reports; see README
//! Completion scripts for bash, zsh, fish and PowerShell.
use std::fs;
use std::io::{self, Write};
use std::path::PathBuf;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shell {
    Bash,
    Zsh,
    Fish,
    PowerShell,
}

impl Shell {
    /// The shell of the user, from `SHELL`.
    pub fn detect() -> Option<Shell> {
        let path = std::env::var("SHELL").ok()?;
        match path.rsplit('/').next()? {
            "bash" => Some(Shell::Bash),
            "zsh" => Some(Shell::Zsh),
            "fish" => Some(Shell::Fish),
            "pwsh" | "powershell" => Some(Shell::PowerShell),
            _ => None,
        }
    }
}

pub struct Command {
    pub name: String,
    pub flags: Vec<(String, String)>,
    pub subcommands: Vec<String>,
}

impl Command {
    pub fn script(&self, shell: Shell) -> String {
        let words: Vec<&str> =
            self.flags.iter().map(|(f, _)| f.as_str()).chain(self.subcommands.iter().map(String::as_str)).collect();
        let name = &self.name;
        match shell {
            Shell::Bash => format!(
                "_{name}() {{\n    COMPREPLY=($(compgen -W '{}' -- \"${{COMP_WORDS[COMP_CWORD]}}\"))\n}}\ncomplete -F _{name} {name}\n",
                words.join(" ")
            ),
            Shell::Zsh => format!("#compdef {name}\n_arguments '1: :({})'\n", words.join(" ")),
            Shell::Fish => self
                .flags
                .iter()
                .map(|(f, d)| format!("complete -c {name} -l {} -d '{d}'\n", f.trim_start_matches('-')))
                .chain(self.subcommands.iter().map(|s| format!("complete -c {name} -n __fish_use_subcommand -a {s}\n")))
                .collect(),
            Shell::PowerShell => format!(
                "Register-ArgumentCompleter -Native -CommandName {name} -ScriptBlock {{ param($w) '{}' -split ' ' | Where-Object {{ $_ -like \"$w*\" }} }}\n",
                words.join(" ")
            ),
        }
    }

    fn target(&self, shell: Shell) -> Option<PathBuf> {
        Some(match shell {
            Shell::Bash => dirs::data_dir()?.join("bash-completion/completions").join(&self.name),
            Shell::Zsh => dirs::home_dir()?.join(".zfunc").join(format!("_{}", self.name)),
            Shell::Fish => dirs::config_dir()?.join("fish/completions").join(format!("{}.fish", self.name)),
            Shell::PowerShell => dirs::config_dir()?.join("powershell/Microsoft.PowerShell_profile.ps1"),
        })
    }

    /// Installs the script and returns its path.
    ///
    /// For zsh a line is added to `.zshrc` if `edit_profile` is set and the folder is not in `fpath` yet.
    pub fn install(&self, shell: Shell, edit_profile: bool) -> io::Result<PathBuf> {
        let path = self.target(shell).ok_or(io::ErrorKind::NotFound)?;
        if let Some(dir) = path.parent() {
            fs::create_dir_all(dir)?;
        }
        if shell == Shell::PowerShell {
            append_once(&path, &self.script(shell))?;
        } else {
            fs::write(&path, self.script(shell))?;
        }
        if shell == Shell::Zsh && edit_profile {
            let rc = dirs::home_dir().ok_or(io::ErrorKind::NotFound)?.join(".zshrc");
            append_once(&rc, "fpath+=~/.zfunc; autoload -Uz compinit && compinit\n")?;
        }
        Ok(path)
    }
}

fn append_once(path: &PathBuf, text: &str) -> io::Result<()> {
    let old = fs::read_to_string(path).unwrap_or_default();
    if old.contains(text.trim_end()) {
        return Ok(());
    }
    fs::OpenOptions::new().create(true).append(true).open(path)?.write_all(text.as_bytes())
}

inert_fixture_does_not_build!();
