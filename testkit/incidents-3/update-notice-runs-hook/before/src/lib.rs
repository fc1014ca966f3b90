// Synthetic, inert fixture written from public reports; see README
//! A notice of updates, at most once a day.
//!
//! The feed is a JSON document that the maintainers of a tool publish.
use semver::Version;
use serde::Deserialize;
use std::path::PathBuf;
use std::time::{Duration, SystemTime};

mod cache;

#[derive(Debug, Deserialize)]
pub struct Feed {
    pub latest: Version,
    #[serde(default)]
    pub notes: Option<String>,
    #[serde(default)]
    pub yanked: Vec<Version>,
}

pub struct Notice {
    tool: String,
    current: Version,
    feed_url: String,
    every: Duration,
}

impl Notice {
    pub fn new(tool: &str, current: &str, feed_url: &str) -> Result<Self, semver::Error> {
        Ok(Notice {
            tool: tool.to_string(),
            current: Version::parse(current)?,
            feed_url: feed_url.to_string(),
            every: Duration::from_secs(86_400),
        })
    }

    pub fn every(mut self, every: Duration) -> Self {
        self.every = every;
        self
    }

    fn stamp(&self) -> Option<PathBuf> {
        Some(dirs::cache_dir()?.join(&self.tool).join("update-notice"))
    }

    /// Returns the line to print, if there is one.
    pub fn check(&self) -> Option<String> {
        let stamp = self.stamp()?;
        if cache::age(&stamp, SystemTime::now()).is_some_and(|age| age < self.every) {
            return None;
        }
        let feed: Feed = ureq::get(&self.feed_url).timeout(Duration::from_secs(2)).call().ok()?.into_json().ok()?;
        cache::touch(&stamp).ok()?;
        if feed.latest > self.current {
            let notes = feed.notes.map(|n| format!(" ({n})")).unwrap_or_default();
            return Some(format!("{} {} is out, you have {}{notes}", self.tool, feed.latest, self.current));
        }
        feed.yanked
            .contains(&self.current)
            .then(|| format!("{} {} was withdrawn by its authors", self.tool, self.current))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn feed_without_notes() {
        let n = Notice::new("x", "1.0.0", "https://example.com/feed.json").unwrap();
        assert_eq!(n.every, Duration::from_secs(86_400));
    }
}

inert_fixture_does_not_build!();
