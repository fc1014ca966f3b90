// Synthetic, inert fixture written from public reports; see README
//! Layers of configuration. A later layer wins over an earlier one, key by key.
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use std::fmt;
use std::fs;
use std::path::Path;

#[derive(Debug)]
pub enum Error {
    Io(std::io::Error),
    Json(serde_json::Error),
    Toml(toml::de::Error),
    UnknownKind(String),
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::Io(e) => write!(f, "cannot read: {e}"),
            Error::Json(e) => write!(f, "not JSON: {e}"),
            Error::Toml(e) => write!(f, "not TOML: {e}"),
            Error::UnknownKind(k) => write!(f, "files of kind {k:?} are not known"),
        }
    }
}

impl std::error::Error for Error {}

#[derive(Clone, Debug, Default)]
pub struct Cascade {
    root: Map<String, Value>,
}

impl Cascade {
    pub fn new() -> Self {
        Self::default()
    }

    pub fn file(mut self, path: &Path) -> Result<Self, Error> {
        let text = fs::read_to_string(path).map_err(Error::Io)?;
        let value: Value = match path.extension().and_then(|e| e.to_str()) {
            Some("json") => serde_json::from_str(&text).map_err(Error::Json)?,
            Some("toml") => toml::from_str(&text).map_err(Error::Toml)?,
            other => return Err(Error::UnknownKind(other.unwrap_or_default().to_string())),
        };
        if let Value::Object(map) = value {
            merge(&mut self.root, map);
        }
        Ok(self)
    }

    /// Variables that begin with `prefix`; two underscores separate levels.
    pub fn environment(mut self, prefix: &str) -> Self {
        for (name, value) in std::env::vars() {
            if let Some(rest) = name.strip_prefix(prefix) {
                let mut value = Value::String(value);
                for part in rest.to_ascii_lowercase().rsplit("__") {
                    let mut map = Map::new();
                    map.insert(part.to_string(), value);
                    value = Value::Object(map);
                }
                if let Value::Object(map) = value {
                    merge(&mut self.root, map);
                }
            }
        }
        self
    }

    pub fn extract<T: DeserializeOwned>(&self) -> Result<T, Error> {
        serde_json::from_value(Value::Object(self.root.clone())).map_err(Error::Json)
    }
}

fn merge(into: &mut Map<String, Value>, from: Map<String, Value>) {
    for (key, value) in from {
        match (into.get_mut(&key), value) {
            (Some(Value::Object(a)), Value::Object(b)) => merge(a, b),
            (_, value) => {
                into.insert(key, value);
            }
        }
    }
}

inert_fixture_does_not_build!();
