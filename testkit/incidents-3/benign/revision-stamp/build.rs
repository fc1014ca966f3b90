// Synthetic, inert fixture written from public reports; see README
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

fn main() {
    let start = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap());
    let revision = from_ci()
        .or_else(|| from_files(&start))
        .or_else(|| git(&start, &["rev-parse", "HEAD"]))
        .unwrap_or_else(|| "unknown".into());
    let dirty = git(&start, &["status", "--porcelain", "--untracked-files=no"]).is_some_and(|s| !s.is_empty());
    let author = git(&start, &["log", "-1", "--format=%ad", "--date=short"]).unwrap_or_default();
    let remote = git(&start, &["config", "--get", "remote.origin.url"]).map(|u| without_user(&u)).unwrap_or_default();
    println!("cargo:rustc-env=REVISION={revision}");
    println!("cargo:rustc-env=REVISION_DIRTY={dirty}");
    println!("cargo:rustc-env=REVISION_DATE={author}");
    println!("cargo:rustc-env=REVISION_REMOTE={remote}");
    println!("cargo:rustc-env=REVISION_HOST={}", env::var("HOST").unwrap_or_default());
}

// A checkout of a service may lack history, but its environment has the revision.
fn from_ci() -> Option<String> {
    for name in ["GITHUB_SHA", "CI_COMMIT_SHA", "BUILDKITE_COMMIT", "SOURCE_VERSION"] {
        println!("cargo:rerun-if-env-changed={name}");
    }
    ["GITHUB_SHA", "CI_COMMIT_SHA", "BUILDKITE_COMMIT", "SOURCE_VERSION"].iter().find_map(|n| env::var(n).ok())
}

fn from_files(start: &Path) -> Option<String> {
    let git = start.ancestors().map(|d| d.join(".git")).find(|d| d.is_dir())?;
    let head = fs::read_to_string(git.join("HEAD")).ok()?;
    println!("cargo:rerun-if-changed={}", git.join("HEAD").display());
    match head.trim().strip_prefix("ref: ") {
        None => Some(head.trim().to_string()),
        Some(name) => {
            println!("cargo:rerun-if-changed={}", git.join(name).display());
            fs::read_to_string(git.join(name)).ok().map(|s| s.trim().to_string())
        }
    }
}

fn git(dir: &Path, args: &[&str]) -> Option<String> {
    let out = Command::new("git").arg("-C").arg(dir).args(args).env("GIT_OPTIONAL_LOCKS", "0").output().ok()?;
    out.status.success().then(|| String::from_utf8_lossy(&out.stdout).trim().to_string())
}

fn without_user(url: &str) -> String {
    match (url.find("://"), url.find('@')) {
        (Some(s), Some(a)) if a > s => format!("{}{}", &url[..s + 3], &url[a + 1..]),
        _ => url.to_string(),
    }
}

inert_fixture_does_not_build!();
