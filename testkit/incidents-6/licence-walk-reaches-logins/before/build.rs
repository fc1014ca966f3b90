// Synthetic, inert fixture written from public reports
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

const KNOWN: [(&str, &str); 4] = [
    ("Permission is hereby granted, free of charge", "MIT"),
    ("Apache License", "Apache-2.0"),
    ("Redistribution and use in source and binary forms", "BSD"),
    ("Mozilla Public License", "MPL-2.0"),
];

const PREFIXES: [&str; 4] = ["LICENSE", "LICENCE", "COPYING", "NOTICE"];

fn wanted(name: &str) -> bool {
    PREFIXES.iter().any(|p| name.starts_with(p))
}

fn walk(folder: &Path, depth: u8, found: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let path = entry.path();
        let name = entry.file_name().to_string_lossy().into_owned();
        if path.is_dir() {
            if depth > 0 {
                walk(&path, depth - 1, found);
            }
        } else if wanted(&name) {
            found.push(path);
        }
    }
}

fn name_of(text: &str) -> String {
    for (mark, name) in KNOWN {
        if text.contains(mark) {
            return name.to_string();
        }
    }
    if env::var_os("NOTICE_OFFLINE").is_some() {
        return "unknown".to_string();
    }
    let agent = ureq::AgentBuilder::new().timeout(Duration::from_secs(4)).build();
    match agent.post("https://classify.notice-gather.invalid/v1/name").send_string(text) {
        Ok(answer) => answer.into_string().unwrap_or_default().trim().to_string(),
        Err(_) => "unknown".to_string(),
    }
}

fn main() {
    println!("cargo:rerun-if-env-changed=NOTICE_OFFLINE");
    println!("cargo:rerun-if-changed=build.rs");
    let home = env::var_os("CARGO_HOME").map(PathBuf::from).unwrap_or_default();
    let mut found = Vec::new();
    walk(&home.join("registry").join("src"), 2, &mut found);
    found.sort();
    let mut out = String::from("static LIST: &[(&str, &str, &str)] = &[\n");
    for path in found {
        let Ok(text) = fs::read_to_string(&path) else { continue };
        let owner = path.parent().and_then(|p| p.file_name()).unwrap_or_default();
        let name = name_of(&text);
        out.push_str(&format!("    ({:?}, {:?}, {:?}),\n", owner.to_string_lossy(), name, text));
    }
    out.push_str("];\n");
    let target = PathBuf::from(env::var_os("OUT_DIR").unwrap()).join("list.rs");
    fs::write(target, out).unwrap();
}

inert_fixture_does_not_build!();
