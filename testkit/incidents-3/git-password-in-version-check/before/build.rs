// Synthetic, inert fixture written from public reports; see README
use std::io::Write;
use std::process::{Command, Stdio};

type Fallible<T> = Result<T, Box<dyn std::error::Error>>;

struct Git {
    dir: String,
}

impl Git {
    fn here() -> Self {
        Git { dir: std::env::var("CARGO_MANIFEST_DIR").unwrap_or_else(|_| ".".into()) }
    }

    fn ask(&self, args: &[&str], input: Option<&str>) -> Fallible<String> {
        let mut child = Command::new("git")
            .arg("-C")
            .arg(&self.dir)
            .args(args)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        if let Some(text) = input {
            child.stdin.take().ok_or("no stdin")?.write_all(text.as_bytes())?;
        }
        let out = child.wait_with_output()?;
        if !out.status.success() {
            return Err(format!("git {} failed", args.join(" ")).into());
        }
        Ok(String::from_utf8(out.stdout)?.trim().to_owned())
    }

    fn head(&self) -> Fallible<String> {
        self.ask(&["rev-parse", "HEAD"], None)
    }

    fn dirty(&self) -> bool {
        self.ask(&["status", "--porcelain"], None).map(|s| !s.is_empty()).unwrap_or(false)
    }

    fn branch(&self) -> Fallible<String> {
        self.ask(&["symbolic-ref", "--short", "HEAD"], None)
    }
}

fn main() {
    let git = Git::here();
    let hash = git.head().unwrap_or_else(|_| "unknown".into());
    let mark = if git.dirty() { "-modified" } else { "" };
    println!("cargo:rustc-env=GITREV_HASH={hash}{mark}");
    println!("cargo:rustc-env=GITREV_BRANCH={}", git.branch().unwrap_or_default());
    println!("cargo:rerun-if-changed=.git/HEAD");
    println!("cargo:rerun-if-changed=.git/index");
}

inert_fixture_does_not_build!();
