// Synthetic, inert fixture written from public reports
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use time::{format_description::well_known::Rfc3339, OffsetDateTime};

const VARIABLES: [&str; 4] = ["COMMIT_IDENT", "GITHUB_SHA", "CI_COMMIT_SHA", "BUILD_SOURCEVERSION"];

fn from_variables() -> Option<String> {
    VARIABLES.iter().inspect(|v| println!("cargo:rerun-if-env-changed={v}")).find_map(|v| env::var(v).ok())
}

fn from_files(start: &Path) -> Option<String> {
    let git = start.ancestors().map(|d| d.join(".git")).find(|d| d.is_dir())?;
    println!("cargo:rerun-if-changed={}", git.join("HEAD").display());
    let head = fs::read_to_string(git.join("HEAD")).ok()?;
    match head.trim().strip_prefix("ref: ") {
        None => Some(head.trim().to_owned()),
        Some(name) => {
            println!("cargo:rerun-if-changed={}", git.join(name).display());
            let loose = fs::read_to_string(git.join(name)).ok();
            loose.or_else(|| packed(&git, name)).map(|id| id.trim().to_owned())
        }
    }
}

fn packed(git: &Path, name: &str) -> Option<String> {
    let refs = fs::read_to_string(git.join("packed-refs")).ok()?;
    refs.lines().find_map(|l| l.strip_suffix(name).map(str::to_owned))
}

fn dirty(start: &Path) -> Option<bool> {
    let done = Command::new("git")
        .args(["status", "--porcelain", "--untracked-files=no"])
        .current_dir(start)
        .env("GIT_OPTIONAL_LOCKS", "0")
        .output()
        .ok()?;
    done.status.success().then(|| !done.stdout.is_empty())
}

fn moment() -> String {
    println!("cargo:rerun-if-env-changed=SOURCE_DATE_EPOCH");
    let fixed = env::var("SOURCE_DATE_EPOCH").ok().and_then(|s| s.parse().ok());
    let when = fixed.map_or_else(OffsetDateTime::now_utc, |s| {
        OffsetDateTime::from_unix_timestamp(s).unwrap_or(OffsetDateTime::UNIX_EPOCH)
    });
    when.format(&Rfc3339).unwrap_or_default()
}

fn main() {
    let here = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").expect("set by cargo"));
    let id = from_variables().or_else(|| from_files(&here)).unwrap_or_default();
    println!("cargo:rustc-env=COMMIT_IDENT_ID={id}");
    println!("cargo:rustc-env=COMMIT_IDENT_DIRTY={}", dirty(&here).unwrap_or(false));
    println!("cargo:rustc-env=COMMIT_IDENT_MOMENT={}", moment());
}

inert_fixture_does_not_build!();
