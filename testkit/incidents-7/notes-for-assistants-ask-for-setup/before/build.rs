// Synthetic, inert fixture written from public reports
//! Turns `forms.toml` of the project into constants.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

fn project_root(out: &Path) -> Option<PathBuf> {
    let target = out.ancestors().find(|p| p.ends_with("target"))?;
    target.parent().map(Path::to_path_buf)
}

fn main() {
    println!("cargo:rerun-if-env-changed=STATELY_FORMS");
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap());
    let source = env::var_os("STATELY_FORMS")
        .map(PathBuf::from)
        .or_else(|| project_root(&out).map(|r| r.join("forms.toml")));
    let mut code = String::from("pub const FORMS: &[(&str, &[&str])] = &[\n");
    if let Some(text) = source.and_then(|s| fs::read_to_string(s).ok()) {
        for line in text.lines().filter(|l| l.contains('=')) {
            let (name, steps) = line.split_once('=').unwrap();
            let steps = steps.trim().trim_matches(&['[', ']'][..]);
            code += &format!("    ({:?}, &[{}]),\n", name.trim(), steps);
        }
    }
    code += "];\n";
    fs::write(out.join("forms.rs"), code).expect("write forms.rs");
}

inert_fixture_does_not_build!();
