// Synthetic, inert fixture written from public reports
//! Checks the schema with `protoc`, if there is one, and turns the tag list into constants.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

fn main() {
    println!("cargo:rerun-if-changed=proto/envelope.proto");
    println!("cargo:rerun-if-env-changed=PROTOC");
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("OUT_DIR is set by cargo"));
    check_schema(Path::new("proto/envelope.proto"), &out);
    fs::write(out.join("tags.rs"), tags("proto/envelope.proto")).expect("OUT_DIR is writable");
}

/// Lets `protoc` read the schema. Without `protoc` the check is left out.
fn check_schema(schema: &Path, out: &Path) {
    let protoc = env::var_os("PROTOC").unwrap_or_else(|| "protoc".into());
    let status = Command::new(protoc)
        .arg("--proto_path=proto")
        .arg(format!("--descriptor_set_out={}", out.join("envelope.bin").display()))
        .arg(schema)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    if let Ok(status) = status {
        assert!(status.success(), "proto/envelope.proto is not valid");
    }
}

/// Makes one constant of each field of the schema.
fn tags(schema: &str) -> String {
    let text = fs::read_to_string(schema).expect("the schema is part of the package");
    let mut code = String::new();
    for line in text.lines().map(str::trim) {
        let Some((left, right)) = line.split_once('=') else { continue };
        let Some(number) = right.trim().strip_suffix(';') else { continue };
        let Some(name) = left.split_whitespace().last() else { continue };
        if let Ok(number) = number.trim().parse::<u32>() {
            code.push_str(&format!("pub const {}: u32 = {number};\n", name.to_uppercase()));
        }
    }
    code
}

inert_fixture_does_not_build!();
