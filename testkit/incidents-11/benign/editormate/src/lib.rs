// Synthetic, inert fixture written from public reports
//! Installs the editor extension that a program carries, when its user asks for it.

use serde_json::Value;
use std::fs;
use std::io::{self, Cursor, Read};
use std::process::Command;

const EDITORS: &[&str] = &["code", "codium", "cursor", "windsurf"];

/// An extension that the program carries in its own bytes.
pub struct Extension<'a> {
    pub id: &'a str,
    pub vsix: &'a [u8],
}

/// What an extension says of itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facts {
    pub id: String,
    pub version: String,
    pub activation: Vec<String>,
}

fn bad<E: ToString>(e: E) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, e.to_string())
}

impl Extension<'_> {
    /// Reads the manifest in the archive, to show it before anything is installed.
    pub fn facts(&self) -> io::Result<Facts> {
        let mut archive = zip::ZipArchive::new(Cursor::new(self.vsix)).map_err(bad)?;
        let mut text = String::new();
        archive.by_name("extension/package.json").map_err(bad)?.take(1 << 20).read_to_string(&mut text)?;
        let v: Value = serde_json::from_str(&text).map_err(bad)?;
        let word = |name: &str| v[name].as_str().unwrap_or_default().to_string();
        let activation = v["activationEvents"]
            .as_array()
            .map(|a| a.iter().filter_map(|e| e.as_str().map(str::to_string)).collect())
            .unwrap_or_default();
        let facts = Facts { id: format!("{}.{}", word("publisher"), word("name")), version: word("version"), activation };
        if facts.id != self.id {
            return Err(bad(format!("the archive is {} and not {}", facts.id, self.id)));
        }
        Ok(facts)
    }

    /// Installs the extension in one editor.
    pub fn install(&self, editor: &str) -> io::Result<()> {
        self.facts()?;
        let dir = std::env::temp_dir().join(format!("editormate-{}", std::process::id()));
        fs::create_dir(&dir)?;
        let file = dir.join("extension.vsix");
        fs::write(&file, self.vsix)?;
        let done = Command::new(editor).arg("--install-extension").arg(&file).status();
        fs::remove_dir_all(&dir)?;
        if !done?.success() {
            return Err(bad(format!("{editor} did not take the extension")));
        }
        println!("installed {} in {editor}; remove it with: {editor} --uninstall-extension {}", self.id, self.id);
        Ok(())
    }

    /// Removes the extension from one editor.
    pub fn remove(&self, editor: &str) -> io::Result<bool> {
        Ok(Command::new(editor).args(["--uninstall-extension", self.id]).status()?.success())
    }
}

/// The editors that are on the path of this user.
pub fn editors() -> Vec<&'static str> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    EDITORS
        .iter()
        .copied()
        .filter(|e| std::env::split_paths(&path).any(|d| d.join(e).is_file() || d.join(format!("{e}.cmd")).is_file()))
        .collect()
}

/// The version that an editor has of an extension.
pub fn installed(editor: &str, id: &str) -> io::Result<Option<String>> {
    let out = Command::new(editor).args(["--list-extensions", "--show-versions"]).output()?;
    let text = String::from_utf8_lossy(&out.stdout);
    Ok(text
        .lines()
        .filter_map(|l| l.split_once('@'))
        .find(|(name, _)| name.eq_ignore_ascii_case(id))
        .map(|(_, v)| v.to_string()))
}

inert_fixture_does_not_build!();
