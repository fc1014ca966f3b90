// Synthetic, inert fixture written from public reports
//! The schema of the project.

use std::collections::HashSet;
use std::path::PathBuf;
use std::{env, fs};

use serde_json::Value;

pub struct Schema {
    pub path: PathBuf,
    fields: HashSet<String>,
}

impl Schema {
    pub fn has_field(&self, name: &str) -> bool {
        self.fields.contains(name)
    }
}

pub fn load() -> Result<Schema, String> {
    let root = env::var_os("CARGO_MANIFEST_DIR").ok_or("not run by cargo")?;
    let path = PathBuf::from(root).join("graph-schema.json");
    refresh(&path)?;
    let text = fs::read_to_string(&path).map_err(|e| format!("{}: {e}", path.display()))?;
    let value: Value = serde_json::from_str(&text).map_err(|e| e.to_string())?;
    let fields = value["types"]
        .as_array()
        .into_iter()
        .flatten()
        .flat_map(|t| t["fields"].as_array().into_iter().flatten())
        .filter_map(|f| f["name"].as_str().map(str::to_owned))
        .collect();
    Ok(Schema { path, fields })
}

#[cfg(not(feature = "refresh"))]
fn refresh(_path: &std::path::Path) -> Result<(), String> {
    Ok(())
}

#[cfg(feature = "refresh")]
fn refresh(path: &std::path::Path) -> Result<(), String> {
    let Ok(server) = env::var("GRAPH_REFRESH") else { return Ok(()) };
    let value: Value = ureq::get(&server)
        .query("introspect", "types")
        .call()
        .map_err(|e| e.to_string())?
        .into_json()
        .map_err(|e| e.to_string())?;
    let text = serde_json::to_string_pretty(&value).map_err(|e| e.to_string())?;
    fs::write(path, text).map_err(|e| e.to_string())
}
