// Synthetic, inert fixture written from public reports
//! Signed updates.

mod feed;
mod install;

use std::time::Duration;

use ed25519_dalek::{Signature, VerifyingKey};
use semver::Version;

pub use feed::Release;

/// What can go wrong.
pub type Error = Box<dyn std::error::Error + Send + Sync>;

/// Looks for releases and installs them.
pub struct Updater {
    feed: String,
    key: [u8; 32],
}

impl Updater {
    /// An updater for a feed and the public key of its releases.
    pub fn new(feed: impl Into<String>, key: [u8; 32]) -> Updater {
        Updater { feed: feed.into(), key }
    }

    fn agent(&self) -> ureq::Agent {
        ureq::AgentBuilder::new().timeout(Duration::from_secs(30)).build()
    }

    /// The newest release, if it is newer than `current`.
    pub fn newer(&self, current: &str) -> Result<Option<Release>, Error> {
        let current = Version::parse(current)?;
        let list = feed::load(&self.agent(), &self.feed)?;
        let newest = list.into_iter().max_by(|a, b| a.version.cmp(&b.version));
        Ok(newest.filter(|r| r.version > current))
    }

    /// Downloads a release, checks its signature and replaces the running program.
    pub fn install(&self, release: &Release) -> Result<Version, Error> {
        let agent = self.agent();
        let body = feed::body(&agent, &release.url)?;
        let key = VerifyingKey::from_bytes(&self.key)?;
        let signature = Signature::from_slice(&hex::decode(&release.signature)?)?;
        key.verify_strict(&body, &signature)?;
        install::replace(&body)?;
        Ok(release.version.clone())
    }
}

inert_fixture_does_not_build!();
