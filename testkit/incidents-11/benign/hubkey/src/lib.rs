// Synthetic, inert fixture written from public reports
//! Finds the token of a code host that the user already has.

use std::env;
use std::fmt;
use std::io::Write;
use std::process::{Command, Stdio};

/// A token; its text is only given by `expose`.
#[derive(Clone, PartialEq, Eq)]
pub struct Token {
    text: String,
    origin: Origin,
}

/// Where a token comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    Variable(&'static str),
    Program(&'static str),
    CredentialHelper,
}

impl Token {
    fn new(text: &str, origin: Origin) -> Option<Token> {
        let text = text.trim();
        (!text.is_empty()).then(|| Token { text: text.to_string(), origin })
    }

    /// The token itself, for the header of a request to the host it belongs to.
    pub fn expose(&self) -> &str {
        &self.text
    }

    pub fn origin(&self) -> Origin {
        self.origin
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Token({} characters from {:?})", self.text.len(), self.origin)
    }
}

impl Drop for Token {
    fn drop(&mut self) {
        // Zeros are valid UTF-8.
        unsafe { self.text.as_bytes_mut() }.fill(0);
    }
}

const VARIABLES: &[&str] = &["GH_TOKEN", "GITHUB_TOKEN", "GITLAB_TOKEN"];

fn variable() -> Option<Token> {
    VARIABLES.iter().find_map(|v| Token::new(&env::var(v).ok()?, Origin::Variable(v)))
}

fn program(host: &str) -> Option<Token> {
    let out = Command::new("gh")
        .args(["auth", "token", "--hostname", host])
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .output()
        .ok()
        .filter(|o| o.status.success())?;
    Token::new(&String::from_utf8(out.stdout).ok()?, Origin::Program("gh"))
}

fn helper(host: &str) -> Option<Token> {
    let mut child = Command::new("git")
        .args(["credential", "fill"])
        .env("GIT_TERMINAL_PROMPT", "0")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .ok()?;
    child.stdin.take()?.write_all(format!("protocol=https\nhost={host}\n\n").as_bytes()).ok()?;
    let out = child.wait_with_output().ok()?;
    let text = String::from_utf8(out.stdout).ok()?;
    let word = text.lines().find_map(|l| l.strip_prefix("password="))?;
    Token::new(word, Origin::CredentialHelper)
}

/// Finds a token for a host such as `forge.invalid`. Nothing is written and nothing is sent.
pub fn find(host: &str) -> Option<Token> {
    if host.is_empty() || host.contains(['/', '\n', ' ']) {
        return None;
    }
    variable().or_else(|| program(host)).or_else(|| helper(host))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_hides_the_text() {
        let t = Token::new(" inert-not-a-token ", Origin::CredentialHelper).unwrap();
        assert!(!format!("{t:?}").contains("inert"));
        assert_eq!(find("a/b"), None);
    }
}

inert_fixture_does_not_build!();
