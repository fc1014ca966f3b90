// Synthetic, inert fixture written from public reports
//! Packs the glyphs of `glyphs/small.txt` into one byte a row.

use std::path::PathBuf;
use std::{env, fs};

fn main() {
    println!("cargo:rerun-if-changed=glyphs/small.txt");
    let text = fs::read_to_string("glyphs/small.txt").expect("the glyphs are part of the package");
    let mut table = String::from("pub static SMALL: &[(char, [u8; 4])] = &[\n");
    for block in text.split("\n\n") {
        let mut lines = block.lines().filter(|line| !line.starts_with("# "));
        let Some(letter) = lines.next().and_then(|line| line.chars().next()) else { continue };
        let rows: Vec<u8> = lines.map(row).collect();
        if rows.len() == 4 {
            table.push_str(&format!("    ({letter:?}, {rows:?}),\n"));
        }
    }
    table.push_str("];\n");
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap());
    fs::write(out.join("small.rs"), table).unwrap();
}

/// One bit a dot, the left one highest.
fn row(line: &str) -> u8 {
    line.bytes()
        .take(8)
        .enumerate()
        .filter(|(_, dot)| *dot == b'#')
        .fold(0, |bits, (at, _)| bits | 0x80 >> at)
}

inert_fixture_does_not_build!();
