// Synthetic, inert fixture written from public reports
use std::env;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

fn lcg(state: &mut u32) -> u32 {
    *state = state.wrapping_mul(1664525).wrapping_add(1013904223);
    *state >> 8
}

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    let dest = Path::new(&env::var("OUT_DIR").unwrap()).join("perm.rs");
    let mut f = BufWriter::new(File::create(dest).unwrap());
    let mut perm: Vec<u8> = (0..=255).collect();
    let mut s = 0x2545_f491;
    for i in (1..256).rev() {
        let j = lcg(&mut s) as usize % (i + 1);
        perm.swap(i, j);
    }
    writeln!(f, "pub static PERM: [u8; 512] = [").unwrap();
    for _ in 0..2 {
        for row in perm.chunks(16) {
            for v in row {
                write!(f, "{v},").unwrap();
            }
            writeln!(f).unwrap();
        }
    }
    writeln!(f, "];").unwrap();
}

inert_fixture_does_not_build!();
