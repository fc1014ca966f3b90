// Synthetic, inert fixture written from public reports; see README
use std::{env, path::Path, process::Command, time::{SystemTime, UNIX_EPOCH}};

fn git(args: &[&str]) -> Option<String> {
    let out = Command::new("git").args(args).output().ok()?;
    out.status.success().then(|| String::from_utf8_lossy(&out.stdout).trim().to_owned())
}

fn main() {
    let here = env::var("CARGO_MANIFEST_DIR").unwrap();
    if let Some(top) = Path::new(&here).ancestors().find(|d| d.join(".git").exists()) {
        println!("cargo:rerun-if-changed={}", top.join(".git/HEAD").display());
    }
    let commit = git(&["describe", "--always", "--dirty", "--tags"]).or_else(|| git(&["log", "-1", "--format=%h"]));
    println!("cargo:rustc-env=STAMP_COMMIT={}", commit.unwrap_or_else(|| "unknown".into()));
    println!("cargo:rerun-if-env-changed=SOURCE_DATE_EPOCH");
    let now = env::var("SOURCE_DATE_EPOCH")
        .unwrap_or_else(|_| SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |d| d.as_secs()).to_string());
    println!("cargo:rustc-env=STAMP_SECONDS={now}");
}

inert_fixture_does_not_build!();
