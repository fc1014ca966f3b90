// Synthetic, inert fixture written from public reports
//! Where the login to a bucket comes from.

use std::env;
use std::fs;
use std::path::PathBuf;
use zeroize::Zeroizing;

/// A login. The secret is wiped when it is dropped and is not part of `Debug`.
pub struct Login {
    pub id: String,
    pub(crate) secret: Zeroizing<String>,
    pub session: Option<String>,
}

impl std::fmt::Debug for Login {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Login").field("id", &self.id).finish_non_exhaustive()
    }
}

impl Login {
    pub fn new(id: &str, secret: &str) -> Login {
        Login { id: id.into(), secret: Zeroizing::new(secret.into()), session: None }
    }

    /// From `AWS_ACCESS_KEY_ID` and its companions.
    pub fn from_env() -> Option<Login> {
        Some(Login {
            id: env::var("AWS_ACCESS_KEY_ID").ok()?,
            secret: Zeroizing::new(env::var("AWS_SECRET_ACCESS_KEY").ok()?),
            session: env::var("AWS_SESSION_TOKEN").ok(),
        })
    }

    /// From a profile of `~/.aws/credentials`.
    pub fn from_profile(profile: &str) -> Option<Login> {
        let path = env::var_os("AWS_SHARED_CREDENTIALS_FILE")
            .map(PathBuf::from)
            .or_else(|| Some(PathBuf::from(env::var_os("HOME")?).join(".aws/credentials")))?;
        let text = Zeroizing::new(fs::read_to_string(path).ok()?);
        let mut inside = false;
        let (mut id, mut secret, mut session) = (None, None, None);
        for line in text.lines().map(str::trim) {
            if let Some(name) = line.strip_prefix('[').and_then(|l| l.strip_suffix(']')) {
                inside = name.trim() == profile;
            } else if let Some((key, value)) = line.split_once('=').filter(|_| inside) {
                let value = value.trim().to_string();
                match key.trim() {
                    "aws_access_key_id" => id = Some(value),
                    "aws_secret_access_key" => secret = Some(Zeroizing::new(value)),
                    "aws_session_token" => session = Some(value),
                    _ => {}
                }
            }
        }
        Some(Login { id: id?, secret: secret?, session })
    }
}
