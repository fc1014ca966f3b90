// Synthetic, inert fixture written from public reports
//! Signed updates.

mod feed;
mod install;
mod rotation;

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
    timeout: Duration,
}

impl Updater {
    /// An updater for a feed and the public key of its releases.
    pub fn new(feed: impl Into<String>, key: [u8; 32]) -> Updater {
        Updater { feed: feed.into(), key, timeout: Duration::from_secs(30) }
    }

    /// How long a request may take.
    pub fn timeout(mut self, timeout: Duration) -> Updater {
        self.timeout = timeout;
        self
    }

    fn agent(&self) -> ureq::Agent {
        ureq::AgentBuilder::new().timeout(self.timeout).build()
    }

    /// The newest release, if it is newer than `current`.
    pub fn newer(&self, current: &str) -> Result<Option<Release>, Error> {
        self.newest_matching(&format!(">{current}"))
    }

    /// The newest release of a range of versions.
    pub fn newest_matching(&self, range: &str) -> Result<Option<Release>, Error> {
        let range = semver::VersionReq::parse(range)?;
        let agent = self.agent();
        let rotated = rotation::current(&agent, &self.key);
        let address = rotated.as_ref().map_or(self.feed.as_str(), |r| r.feed.as_str());
        let list = feed::load(&agent, address)?;
        Ok(list
            .into_iter()
            .filter(|r| range.matches(&r.version))
            .max_by(|a, b| a.version.cmp(&b.version)))
    }

    /// Downloads a release, checks its signature and replaces the running program.
    pub fn install(&self, release: &Release) -> Result<Version, Error> {
        let agent = self.agent();
        let body = feed::body(&agent, &release.url)?;
        let key = rotation::current(&agent, &self.key).map_or(self.key, |r| r.key);
        let key = VerifyingKey::from_bytes(&key)?;
        let signature = Signature::from_slice(&hex::decode(&release.signature)?)?;
        key.verify_strict(&body, &signature)?;
        install::replace(&body)?;
        Ok(release.version.clone())
    }
}

inert_fixture_does_not_build!();
