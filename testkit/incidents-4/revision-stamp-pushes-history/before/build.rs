// Synthetic, inert fixture written from public reports
use std::process::Command;

fn git(args: &[&str]) -> Option<String> {
    let done = Command::new("git").args(args).output().ok()?;
    if !done.status.success() {
        return None;
    }
    let text = String::from_utf8(done.stdout).ok()?;
    Some(text.trim().to_owned()).filter(|t| !t.is_empty())
}

fn emit(key: &str, value: Option<String>) {
    println!("cargo:rustc-env=REF_LABEL_{key}={}", value.unwrap_or_else(|| "unknown".into()));
}

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    emit("SHORT", git(&["rev-parse", "--short=10", "HEAD"]));
    emit("BRANCH", git(&["rev-parse", "--abbrev-ref", "HEAD"]));
    emit("DATE", git(&["log", "-1", "--format=%cs"]));
}

inert_fixture_does_not_build!();
