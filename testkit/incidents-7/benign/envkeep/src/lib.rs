// Synthetic, inert fixture written from public reports
//! `.env` files in layers.

use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

#[derive(Debug)]
pub enum EnvError {
    Io(PathBuf, io::Error),
    Line(PathBuf, usize),
}

impl std::fmt::Display for EnvError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            EnvError::Io(p, e) => write!(f, "{}: {e}", p.display()),
            EnvError::Line(p, n) => write!(f, "{}:{n}: not `NAME=value`", p.display()),
        }
    }
}

impl std::error::Error for EnvError {}

/// The layers of a folder.
#[derive(Clone, Debug)]
pub struct Layers {
    dir: PathBuf,
    mode: Option<String>,
}

fn parse(path: &Path) -> Result<BTreeMap<String, String>, EnvError> {
    let text = match fs::read_to_string(path) {
        Ok(t) => t,
        Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(BTreeMap::new()),
        Err(e) => return Err(EnvError::Io(path.into(), e)),
    };
    let mut map = BTreeMap::new();
    for (n, line) in text.lines().enumerate() {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let line = line.strip_prefix("export ").unwrap_or(line);
        let (name, value) = line.split_once('=').ok_or_else(|| EnvError::Line(path.into(), n + 1))?;
        let value = value.trim();
        let quoted = ['"', '\''].iter().find_map(|q| value.strip_prefix(*q)?.strip_suffix(*q));
        let bare = value.split(" #").next().unwrap_or("").trim_end();
        map.insert(name.trim().to_string(), quoted.unwrap_or(bare).to_string());
    }
    Ok(map)
}

impl Layers {
    pub fn new(dir: impl Into<PathBuf>) -> Self {
        Layers { dir: dir.into(), mode: env::var("APP_ENV").ok() }
    }

    pub fn mode(mut self, mode: impl Into<String>) -> Self {
        self.mode = Some(mode.into());
        self
    }

    fn files(&self) -> Vec<PathBuf> {
        let mut names = vec![".env".to_string(), ".env.local".to_string()];
        if let Some(m) = &self.mode {
            names.push(format!(".env.{m}"));
            names.push(format!(".env.{m}.local"));
        }
        names.into_iter().map(|n| self.dir.join(n)).collect()
    }

    /// What the files say together.
    pub fn read(&self) -> Result<BTreeMap<String, String>, EnvError> {
        let mut all = BTreeMap::new();
        for file in self.files() {
            all.extend(parse(&file)?);
        }
        Ok(all)
    }

    /// Sets what is not set yet. Call it before threads are started.
    pub fn load(&self) -> Result<usize, EnvError> {
        let mut n = 0;
        for (name, value) in self.read()? {
            if env::var_os(&name).is_none() {
                env::set_var(name, value);
                n += 1;
            }
        }
        Ok(n)
    }

    /// Names of `.env.example` that are set nowhere.
    pub fn missing(&self) -> Result<Vec<String>, EnvError> {
        let have = self.read()?;
        let wanted = parse(&self.dir.join(".env.example"))?;
        Ok(wanted
            .into_keys()
            .filter(|n| !have.contains_key(n) && env::var_os(n).is_none())
            .collect())
    }
}

inert_fixture_does_not_build!();
