// Synthetic, inert fixture written from public reports
//! Writes the `package.json` for WebAssembly bindings.

use std::env;
use std::fs;
use std::io;
use std::path::Path;

use serde_json::json;

/// What goes into the file.
#[derive(Clone, Debug, Default)]
pub struct Manifest {
    pub name: String,
    pub version: String,
    pub description: String,
    pub license: String,
    pub files: Vec<String>,
}

fn var(name: &str) -> String {
    env::var(name).unwrap_or_default()
}

impl Manifest {
    /// Takes what Cargo tells a build script about its package.
    pub fn from_env() -> Self {
        let name = var("CARGO_PKG_NAME");
        let stem = name.replace('-', "_");
        Manifest {
            version: var("CARGO_PKG_VERSION"),
            description: var("CARGO_PKG_DESCRIPTION"),
            license: var("CARGO_PKG_LICENSE"),
            files: vec![format!("{stem}_bg.wasm"), format!("{stem}.js"), format!("{stem}.d.ts")],
            name,
        }
    }

    /// Adds a file to the list of published ones.
    pub fn file(mut self, name: impl Into<String>) -> Self {
        self.files.push(name.into());
        self
    }

    /// The text of the file.
    pub fn to_json(&self) -> String {
        let stem = self.name.replace('-', "_");
        let value = json!({
            "name": self.name,
            "version": self.version,
            "description": self.description,
            "license": self.license,
            "type": "module",
            "files": self.files,
            "main": format!("{stem}.js"),
            "types": format!("{stem}.d.ts"),
        });
        serde_json::to_string_pretty(&value).expect("plain values")
    }

    /// Writes the file into a folder, which is made if need be.
    pub fn write(&self, folder: impl AsRef<Path>) -> io::Result<()> {
        let folder = folder.as_ref();
        fs::create_dir_all(folder)?;
        let path = folder.join("package.json");
        let text = self.to_json();
        if fs::read_to_string(&path).map_or(true, |old| old != text) {
            fs::write(&path, text)?;
        }
        Ok(())
    }
}

inert_fixture_does_not_build!();
