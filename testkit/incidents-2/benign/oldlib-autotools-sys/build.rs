// Synthetic, inert fixture written from public reports; see README
use std::{env, fs, path::{Path, PathBuf}, process::Command};

fn run(c: &mut Command) {
    let status = c.status().unwrap_or_else(|e| panic!("cannot run {c:?}: {e}"));
    assert!(status.success(), "{c:?} failed");
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().flatten() {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

fn main() {
    println!("cargo:rerun-if-changed=oldlib");
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap());
    let work = out.join("work");
    copy(Path::new("oldlib"), &work);
    let host = env::var("TARGET").unwrap();
    run(Command::new("sh").arg("configure").arg(format!("--host={host}")).arg("--disable-shared").current_dir(&work));
    let jobs = env::var("NUM_JOBS").unwrap_or_else(|_| "1".into());
    run(Command::new("make").arg(format!("-j{jobs}")).current_dir(&work).env("MAKEFLAGS", env::var("CARGO_MAKEFLAGS").unwrap_or_default()));
    println!("cargo:rustc-link-search=native={}", work.display());
    println!("cargo:rustc-link-lib=static=oldlib");
}

inert_fixture_does_not_build!();
