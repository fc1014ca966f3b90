// Synthetic, inert fixture written from public reports
use std::env;
use std::fs;
use std::path::{Path, PathBuf};

fn table() -> String {
    let mut out = String::from("pub static QUARTER: [i16; 257] = [\n");
    for i in 0..=256 {
        let angle = f64::from(i) / 256.0 * std::f64::consts::FRAC_PI_2;
        let value = (angle.sin() * 32767.0).round() as i16;
        out.push_str(&format!("    {value},\n"));
    }
    out.push_str("];\n");
    out
}

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("OUT_DIR"));
    write(&out.join("quarter.rs"), &table());
}

fn write(path: &Path, text: &str) {
    fs::write(path, text).expect("the table can be written");
}

inert_fixture_does_not_build!();
