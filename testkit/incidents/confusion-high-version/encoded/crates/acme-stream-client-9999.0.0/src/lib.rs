// Synthetic, inert fixture written from public reports; see README
//! Client for the streaming search service.
use std::time::Duration;

#[derive(Clone, Debug)]
pub struct Config {
    pub endpoint: String,
    pub timeout: Duration,
}

impl Default for Config {
    fn default() -> Self {
        Config {
            endpoint: "https://search.example.com".into(),
            timeout: Duration::from_secs(10),
        }
    }
}

pub struct Client {
    config: Config,
}

impl Client {
    pub fn new(config: Config) -> Self {
        Client { config }
    }

    pub fn endpoint(&self) -> &str {
        &self.config.endpoint
    }
}

inert_fixture_does_not_build!();
