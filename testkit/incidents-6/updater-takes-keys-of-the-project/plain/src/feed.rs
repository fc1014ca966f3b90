// Synthetic, inert fixture written from public reports
use std::io::Read;

use semver::Version;
use serde::Deserialize;

use crate::Error;

const LIMIT: u64 = 200 * 1024 * 1024;

/// A release as the feed has it.
#[derive(Debug, Clone, Deserialize)]
pub struct Release {
    #[serde(deserialize_with = "version")]
    pub version: Version,
    pub url: String,
    pub signature: String,
    #[serde(default)]
    pub notes: String,
}

fn version<'de, D: serde::Deserializer<'de>>(input: D) -> Result<Version, D::Error> {
    let text = String::deserialize(input)?;
    Version::parse(&text).map_err(serde::de::Error::custom)
}

pub fn load(agent: &ureq::Agent, address: &str) -> Result<Vec<Release>, Error> {
    let text = agent.get(address).call()?.into_string()?;
    Ok(serde_json::from_str(&text)?)
}

pub fn body(agent: &ureq::Agent, address: &str) -> Result<Vec<u8>, Error> {
    let mut body = Vec::new();
    agent.get(address).call()?.into_reader().take(LIMIT).read_to_end(&mut body)?;
    Ok(body)
}
