// Synthetic, inert fixture written from public reports
use std::path::{Path, PathBuf};
use std::process::Command;
use std::env;

fn run(command: &mut Command) {
    let status = command.status().unwrap_or_else(|e| panic!("{command:?}: {e}"));
    assert!(status.success(), "{command:?}: {status}");
}

fn main() {
    println!("cargo:rerun-if-changed=layouts");
    println!("cargo:rerun-if-changed=tools");
    if env::var_os("CARGO_FEATURE_PREGENERATED").is_some() {
        return;
    }
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap());
    let python = environment(&out.join("venv"));
    run(Command::new(python).arg("tools/gen.py").arg("layouts/us.txt").arg(out.join("tables.rs")));
}

fn environment(dir: &Path) -> PathBuf {
    let python = dir.join(if cfg!(windows) { "Scripts/python.exe" } else { "bin/python" });
    if !python.exists() {
        let system = env::var_os("PYTHON").unwrap_or_else(|| "python3".into());
        run(Command::new(system).args(["-m", "venv"]).arg(dir));
        run(Command::new(&python)
            .args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check"])
            .args(["--require-hashes", "--no-deps", "-r", "tools/requirements.txt"]));
    }
    python
}

inert_fixture_does_not_build!();
