// Synthetic, inert fixture written from public reports
use std::{env, fmt::Write as _, fs, path::PathBuf};

use serde_json::Value;

type Res<T> = Result<T, Box<dyn std::error::Error>>;

fn main() -> Res<()> {
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?);
    let out = PathBuf::from(env::var("OUT_DIR")?).join("records.rs");
    println!("cargo:rerun-if-changed=schemas");
    let mut code = String::new();
    for entry in fs::read_dir(root.join("schemas"))? {
        let text = fs::read_to_string(entry?.path())?;
        let schema: Value = serde_json::from_str(&text)?;
        record(&schema, &mut code)?;
    }
    fs::write(out, code)?;
    Ok(())
}

fn record(schema: &Value, code: &mut String) -> Res<()> {
    let name = schema["name"].as_str().ok_or("a record has a name")?;
    writeln!(code, "#[derive(Debug, Clone, PartialEq)]\npub struct {name} {{")?;
    for field in schema["fields"].as_array().ok_or("a record has fields")? {
        let ident = field["name"].as_str().ok_or("a field has a name")?;
        writeln!(code, "    pub {ident}: {},", rust_type(&field["type"]))?;
    }
    code.push_str("}\n");
    Ok(())
}

fn rust_type(kind: &Value) -> &'static str {
    match kind.as_str() {
        Some("long") => "i64",
        Some("int") => "i32",
        Some("double") => "f64",
        Some("boolean") => "bool",
        Some("bytes") => "Vec<u8>",
        _ => "String",
    }
}

inert_fixture_does_not_build!();
