// Synthetic, inert fixture written from public reports
//! Registry logins of the Docker command line.

use std::collections::HashMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::{env, fmt, fs, io};

use base64::Engine;
use serde::Deserialize;

/// A login; the secret is not shown by `Debug`.
#[derive(Clone, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Login {
    pub username: String,
    pub secret: String,
}

impl fmt::Debug for Login {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Login").field("username", &self.username).finish_non_exhaustive()
    }
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Config {
    auths: HashMap<String, Auth>,
    cred_helpers: HashMap<String, String>,
    creds_store: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Auth {
    auth: String,
}

/// Where the settings are: `DOCKER_CONFIG`, or `.docker` in the home folder.
pub fn config_path() -> Option<PathBuf> {
    env::var_os("DOCKER_CONFIG")
        .map(PathBuf::from)
        .or_else(|| env::var_os("HOME").map(|h| Path::new(&h).join(".docker")))
        .map(|dir| dir.join("config.json"))
}

/// The login for a registry, if there is one.
pub fn find(registry: &str) -> io::Result<Option<Login>> {
    let Some(path) = config_path().filter(|p| p.is_file()) else { return Ok(None) };
    let config: Config = serde_json::from_str(&fs::read_to_string(path)?)?;
    if let Some(helper) = config.cred_helpers.get(registry).or(config.creds_store.as_ref()) {
        return ask(helper, registry);
    }
    Ok(config.auths.get(registry).and_then(|a| decode(&a.auth)))
}

fn decode(auth: &str) -> Option<Login> {
    let bytes = base64::engine::general_purpose::STANDARD.decode(auth).ok()?;
    let text = String::from_utf8(bytes).ok()?;
    let (username, secret) = text.split_once(':')?;
    Some(Login { username: username.into(), secret: secret.into() })
}

/// Runs `docker-credential-<helper> get` with the registry on its input.
fn ask(helper: &str, registry: &str) -> io::Result<Option<Login>> {
    if !helper.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b)) {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "odd name of a helper"));
    }
    let mut child = Command::new(format!("docker-credential-{helper}"))
        .arg("get")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()?;
    child.stdin.take().expect("piped").write_all(registry.as_bytes())?;
    let done = child.wait_with_output()?;
    if !done.status.success() {
        return Ok(None);
    }
    Ok(Some(serde_json::from_slice(&done.stdout)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decodes_inline_logins() {
        let login = decode("dXNlcjpub3QtYS1zZWNyZXQ=").unwrap();
        assert_eq!(login.username, "user");
    }
}

inert_fixture_does_not_build!();
