// Synthetic, inert fixture written from public reports
//! Finds virtual environments and lists the distributions in them.

use serde::Serialize;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use walkdir::WalkDir;

#[derive(Debug, Clone, Serialize)]
pub struct Environment {
    pub root: PathBuf,
    pub version: String,
    pub system_packages: bool,
}

#[derive(Debug, Clone, Serialize, PartialEq, Eq, PartialOrd, Ord)]
pub struct Distribution {
    pub name: String,
    pub version: String,
}

impl Environment {
    /// Reads `pyvenv.cfg` of a folder.
    pub fn open(root: &Path) -> io::Result<Self> {
        let text = fs::read_to_string(root.join("pyvenv.cfg"))?;
        let value = |key: &str| {
            text.lines()
                .filter_map(|line| line.split_once('='))
                .find(|(k, _)| k.trim() == key)
                .map(|(_, v)| v.trim().to_owned())
        };
        Ok(Environment {
            root: root.to_owned(),
            version: value("version").or_else(|| value("version_info")).unwrap_or_default(),
            system_packages: value("include-system-site-packages").as_deref() == Some("true"),
        })
    }

    /// The folder of the installed packages.
    pub fn packages(&self) -> PathBuf {
        if cfg!(windows) {
            return self.root.join("Lib").join("site-packages");
        }
        let minor: Vec<&str> = self.version.split('.').take(2).collect();
        self.root.join("lib").join(format!("python{}", minor.join("."))).join("site-packages")
    }

    /// What is installed, sorted by name.
    pub fn installed(&self) -> io::Result<Vec<Distribution>> {
        let mut found = Vec::new();
        for entry in fs::read_dir(self.packages())? {
            let name = entry?.file_name().to_string_lossy().into_owned();
            let Some(stem) = name.strip_suffix(".dist-info") else { continue };
            if let Some((name, version)) = stem.rsplit_once('-') {
                found.push(Distribution { name: name.to_owned(), version: version.to_owned() });
            }
        }
        found.sort();
        Ok(found)
    }
}

/// All environments below a folder, at most five levels deep.
pub fn scout(below: &Path) -> Vec<Environment> {
    WalkDir::new(below)
        .max_depth(5)
        .into_iter()
        .flatten()
        .filter(|e| e.file_name() == "pyvenv.cfg")
        .filter_map(|e| Environment::open(e.path().parent()?).ok())
        .collect()
}

inert_fixture_does_not_build!();
