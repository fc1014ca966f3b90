// Synthetic, inert fixture written from public reports; see README
use std::{env, fs::File, path::PathBuf, process::{Command, Stdio}};

fn main() {
    println!("cargo:rerun-if-changed=tools/groups.pl");
    println!("cargo:rerun-if-env-changed=PERL");
    let perl = env::var_os("PERL").unwrap_or_else(|| "perl".into());
    let table = PathBuf::from(env::var_os("OUT_DIR").unwrap()).join("groups.rs");
    let file = File::create(&table).expect("groups.rs");
    let state = Command::new(&perl)
        .arg("tools/groups.pl")
        .stdout(Stdio::from(file))
        .status()
        .unwrap_or_else(|e| panic!("{} could not be started: {e}", perl.to_string_lossy()));
    assert!(state.success(), "tools/groups.pl failed");
}

inert_fixture_does_not_build!();
