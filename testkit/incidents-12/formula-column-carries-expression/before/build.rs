// Synthetic, inert fixture written from public reports; see README
use std::fmt::Write;
use std::path::Path;
use std::{env, fs};

fn main() {
    println!("cargo:rerun-if-changed=data/units.tab");
    let table = fs::read_to_string("data/units.tab").expect("data/units.tab");
    let mut out = String::from("pub static UNITS: &[Unit] = &[\n");
    for line in table.lines() {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let part: Vec<&str> = line.split(" | ").map(str::trim).collect();
        let [name, kind, to, from] = part[..] else {
            panic!("four columns expected: {line}");
        };
        writeln!(
            out,
            "    Unit {{ name: {name:?}, kind: {kind:?}, to_base: |x| {to}, from_base: |x| {from} }},"
        )
        .unwrap();
    }
    out.push_str("];\n");
    let path = Path::new(&env::var("OUT_DIR").unwrap()).join("units.rs");
    fs::write(path, out).unwrap();
}

inert_fixture_does_not_build!();
