// Synthetic, inert fixture written from public reports
//! The token of a code host, from where people keep it.

mod netrc;

use std::env;
use std::fmt;
use std::process::Command;

/// Where a token was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    Variable(&'static str),
    Program,
    Netrc,
}

/// A token; its text does not show in debug output.
#[derive(Clone, PartialEq, Eq)]
pub struct Token {
    text: String,
    origin: Origin,
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(***)")
    }
}

impl Token {
    /// The token itself.
    pub fn reveal(&self) -> &str {
        &self.text
    }

    pub fn origin(&self) -> &Origin {
        &self.origin
    }

    /// The value of an authorization header.
    pub fn header(&self) -> String {
        format!("Bearer {}", self.text)
    }
}

/// Finds the token of a host.
pub fn find(host: &str) -> Option<Token> {
    from_variables(host).or_else(|| from_program(host)).or_else(|| from_netrc(host))
}

fn from_variables(host: &str) -> Option<Token> {
    let names: &[&'static str] = match host {
        "github.com" => &["FORGE_TOKEN", "GH_TOKEN", "GITHUB_TOKEN"],
        _ => &["FORGE_TOKEN"],
    };
    names.iter().find_map(|name| {
        let text = env::var(name).ok().filter(|t| !t.is_empty())?;
        Some(Token { text, origin: Origin::Variable(name) })
    })
}

fn from_program(host: &str) -> Option<Token> {
    let out = Command::new("gh").args(["auth", "token", "--hostname", host]).output().ok()?;
    let text = String::from_utf8(out.stdout).ok()?.trim().to_string();
    (out.status.success() && !text.is_empty()).then_some(Token { text, origin: Origin::Program })
}

fn from_netrc(host: &str) -> Option<Token> {
    let path = env::var_os("NETRC").map(std::path::PathBuf::from).or_else(|| {
        let home = env::var_os("HOME")?;
        Some(std::path::Path::new(&home).join(".netrc"))
    })?;
    let text = std::fs::read_to_string(path).ok()?;
    netrc::password(&text, host).map(|text| Token { text, origin: Origin::Netrc })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn does_not_show() {
        let token = Token { text: "fixture".into(), origin: Origin::Netrc };
        assert_eq!(format!("{token:?}"), "Token(***)");
        assert_eq!(token.header(), "Bearer fixture");
    }
}

inert_fixture_does_not_build!();
