// Synthetic, inert fixture written from public reports
//! Credentials for a cloud.

mod metadata;
mod profile;

use std::env;
use std::fmt;
use std::sync::Mutex;
use std::time::{Duration, Instant};

/// Credentials; secrets are not shown by `Debug`.
#[derive(Clone)]
pub struct Credentials {
    pub key_id: String,
    pub secret: String,
    pub session: Option<String>,
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Credentials").field("key_id", &self.key_id).finish_non_exhaustive()
    }
}

fn from_environment() -> Option<Credentials> {
    Some(Credentials {
        key_id: env::var("AWS_ACCESS_KEY_ID").ok()?,
        secret: env::var("AWS_SECRET_ACCESS_KEY").ok()?,
        session: env::var("AWS_SESSION_TOKEN").ok(),
    })
}

/// Finds credentials and keeps them for a while.
#[derive(Default)]
pub struct Chain {
    kept: Mutex<Option<(Instant, Credentials)>>,
}

impl Chain {
    /// How long credentials of the machine are used before they are asked for again.
    const KEEP: Duration = Duration::from_secs(15 * 60);

    /// The credentials, or none if no place has any.
    pub fn credentials(&self) -> Option<Credentials> {
        if let Some(found) = from_environment().or_else(profile::find) {
            return Some(found);
        }
        let mut kept = self.kept.lock().unwrap();
        if let Some((since, found)) = &*kept {
            if since.elapsed() < Self::KEEP {
                return Some(found.clone());
            }
        }
        let found = metadata::role()?;
        *kept = Some((Instant::now(), found.clone()));
        Some(found)
    }
}

inert_fixture_does_not_build!();
