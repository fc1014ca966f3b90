// Synthetic, inert fixture written from public reports; see README
//! Logins for container registries, one at a time.

use base64::engine::general_purpose::STANDARD;
use base64::Engine;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::{env, fmt, fs, io};

/// A login. Its `Debug` form hides the secret.
#[derive(Clone, PartialEq, Eq)]
pub struct Login {
    pub user: String,
    secret: String,
}

impl fmt::Debug for Login {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Login").field("user", &self.user).finish_non_exhaustive()
    }
}

impl Login {
    /// The secret, for the header of a request.
    pub fn secret(&self) -> &str {
        &self.secret
    }

    /// The value of an `Authorization` header.
    pub fn basic(&self) -> String {
        format!("Basic {}", STANDARD.encode(format!("{}:{}", self.user, self.secret)))
    }
}

fn bad(why: impl fmt::Display) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, why.to_string())
}

/// The folder with the settings of the engine.
pub fn config_dir() -> Option<PathBuf> {
    match env::var_os("DOCKER_CONFIG") {
        Some(d) => Some(d.into()),
        None => Some(PathBuf::from(env::var_os("HOME")?).join(".docker")),
    }
}

/// Helpers are programs; only plain names may come from the file.
fn helper_name(name: &str) -> io::Result<String> {
    if !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-') {
        Ok(format!("docker-credential-{name}"))
    } else {
        Err(bad(format_args!("{name:?} is no name of a helper")))
    }
}

fn ask(helper: &str, server: &str) -> io::Result<Option<Login>> {
    let mut child = Command::new(helper_name(helper)?)
        .arg("get")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()?;
    if let Some(mut stdin) = child.stdin.take() {
        stdin.write_all(server.as_bytes())?;
    }
    let out = child.wait_with_output()?;
    if !out.status.success() {
        return Ok(None);
    }
    let v: serde_json::Value = serde_json::from_slice(&out.stdout).map_err(bad)?;
    Ok(match (v["Username"].as_str(), v["Secret"].as_str()) {
        (Some(user), Some(secret)) => Some(Login { user: user.into(), secret: secret.into() }),
        _ => None,
    })
}

/// The login for one server, or none. No other entry is looked at.
pub fn find_in(dir: &Path, server: &str) -> io::Result<Option<Login>> {
    let text = match fs::read_to_string(dir.join("config.json")) {
        Ok(t) => t,
        Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(e) => return Err(e),
    };
    let config: serde_json::Value = serde_json::from_str(&text).map_err(bad)?;
    if let Some(helper) = config["credHelpers"][server].as_str() {
        return ask(helper, server);
    }
    if let Some(auth) = config["auths"][server]["auth"].as_str() {
        let pair = String::from_utf8(STANDARD.decode(auth).map_err(bad)?).map_err(bad)?;
        let (user, secret) = pair.split_once(':').ok_or_else(|| bad("no colon in the login"))?;
        return Ok(Some(Login { user: user.into(), secret: secret.into() }));
    }
    match config["credsStore"].as_str() {
        Some(helper) => ask(helper, server),
        None => Ok(None),
    }
}

/// Like [`find_in`] with the usual folder.
pub fn find(server: &str) -> io::Result<Option<Login>> {
    match config_dir() {
        Some(dir) => find_in(&dir, server),
        None => Ok(None),
    }
}

inert_fixture_does_not_build!();
