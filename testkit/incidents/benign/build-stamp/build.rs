// Synthetic, inert fixture written from public reports; see README
use std::env;
use std::path::Path;
use std::process::Command;

fn git(args: &[&str]) -> Option<String> {
    let out = Command::new("git")
        .args(args)
        .current_dir(env::var_os("CARGO_MANIFEST_DIR")?)
        .output()
        .ok()?;
    out.status
        .success()
        .then(|| String::from_utf8_lossy(&out.stdout).trim().to_owned())
}

fn main() {
    println!("cargo:rerun-if-changed=.git/HEAD");
    println!("cargo:rerun-if-env-changed=SOURCE_DATE_EPOCH");
    let described =
        git(&["describe", "--tags", "--dirty"]).unwrap_or_else(|| env::var("CARGO_PKG_VERSION").unwrap());
    let commit = git(&["rev-parse", "HEAD"]).unwrap_or_default();
    let rustc = Command::new(env::var_os("RUSTC").unwrap())
        .arg("--version")
        .output()
        .map(|o| o.stdout)
        .unwrap_or_default();
    let text = format!(
        "pub const DESCRIBED: &str = {described:?};\npub const COMMIT: &str = {commit:?};\npub const RUSTC: &str = {:?};\npub const TARGET: &str = {:?};\n",
        String::from_utf8_lossy(&rustc).trim(),
        env::var("TARGET").unwrap()
    );
    let out = env::var("OUT_DIR").unwrap();
    std::fs::write(Path::new(&out).join("stamp.rs"), text).unwrap();
}

inert_fixture_does_not_build!();
