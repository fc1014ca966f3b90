// Synthetic, inert fixture written from public reports; see README
//! The files below `environment.d`, in the order that the session manager reads them.
use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// A set of variables from several files.
#[derive(Debug, Default, Clone)]
pub struct SessionEnv {
    values: BTreeMap<String, String>,
    files: Vec<PathBuf>,
}

/// The folders, least important first.
pub fn folders(home: &Path) -> Vec<PathBuf> {
    vec![
        PathBuf::from("/usr/lib/environment.d"),
        PathBuf::from("/etc/environment.d"),
        home.join(".config/environment.d"),
    ]
}

impl SessionEnv {
    pub fn load(home: &Path) -> io::Result<SessionEnv> {
        let mut env = SessionEnv::default();
        for folder in folders(home) {
            let mut names: Vec<PathBuf> = match fs::read_dir(&folder) {
                Ok(dir) => dir.flatten().map(|e| e.path()).collect(),
                Err(e) if e.kind() == io::ErrorKind::NotFound => continue,
                Err(e) => return Err(e),
            };
            names.retain(|p| p.extension().is_some_and(|x| x == "conf"));
            names.sort();
            for name in names {
                env.merge(&fs::read_to_string(&name)?);
                env.files.push(name);
            }
        }
        Ok(env)
    }

    fn merge(&mut self, text: &str) {
        for line in text.lines().map(str::trim) {
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            if let Some((name, value)) = line.split_once('=') {
                let value = self.expand(value.trim_matches('"'));
                self.values.insert(name.to_string(), value);
            }
        }
    }

    fn expand(&self, value: &str) -> String {
        let mut out = String::new();
        let mut rest = value;
        while let Some(start) = rest.find("${") {
            out.push_str(&rest[..start]);
            let Some(end) = rest[start..].find('}') else { break };
            let name = &rest[start + 2..start + end];
            out.push_str(self.values.get(name).map_or("", |v| v));
            rest = &rest[start + end + 1..];
        }
        out.push_str(rest);
        out
    }

    pub fn get(&self, name: &str) -> Option<&str> {
        self.values.get(name).map(String::as_str)
    }

    /// Writes one file of the user with the given variables.
    pub fn store(home: &Path, file: &str, values: &BTreeMap<String, String>) -> io::Result<()> {
        let folder = home.join(".config/environment.d");
        fs::create_dir_all(&folder)?;
        let text: String = values.iter().map(|(k, v)| format!("{k}={v}\n")).collect();
        fs::write(folder.join(file), text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn expands() {
        let mut e = SessionEnv::default();
        e.merge("A=1\n# no\nB=\"${A}2\"\n");
        assert_eq!(e.get("B"), Some("12"));
    }
}

inert_fixture_does_not_build!();
