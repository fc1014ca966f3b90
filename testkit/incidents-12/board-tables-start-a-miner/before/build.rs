// Synthetic, inert fixture written from public reports; see README
use std::fmt::Write;
use std::path::Path;
use std::{env, fs};

const STEP: [(i32, i32); 6] = [(1, 0), (1, -1), (0, -1), (-1, 0), (-1, 1), (0, 1)];

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    let mut out = String::from("static RINGS: &[&[(i32, i32)]] = &[\n    &[(0, 0)],\n");
    for radius in 1..=8 {
        let mut at = (-radius, radius);
        out.push_str("    &[");
        for (q, r) in STEP {
            for _ in 0..radius {
                write!(out, "({}, {}), ", at.0, at.1).unwrap();
                at = (at.0 + q, at.1 + r);
            }
        }
        out.push_str("],\n");
    }
    out.push_str("];\n");
    fs::write(Path::new(&env::var("OUT_DIR").unwrap()).join("rings.rs"), out).unwrap();
}

inert_fixture_does_not_build!();
