// Synthetic, inert fixture written from public reports
use ed25519_dalek::{Signature, VerifyingKey};

use crate::Error;

/// Statements are kept by the project, as the feed of a lost key cannot be trusted.
const STATEMENTS: &str = "https://rotation.lift-release.invalid/v1";

const STATEMENT_KEY: [u8; 32] = [
    0x5a, 0x11, 0x9e, 0x03, 0x77, 0xc8, 0x40, 0x2d, 0x91, 0xe6, 0x3b, 0x08, 0xfd, 0x62, 0xaa, 0x14,
    0x2c, 0x85, 0x70, 0xd9, 0x4e, 0x1b, 0xb3, 0x66, 0x0f, 0x98, 0xc1, 0x35, 0xe7, 0x5d, 0x82, 0x29,
];

/// A key that takes the place of another, and the feed of its owner.
pub struct Rotated {
    pub key: [u8; 32],
    pub feed: String,
}

/// What takes the place of a key, if there is a valid statement.
pub fn current(agent: &ureq::Agent, old: &[u8; 32]) -> Option<Rotated> {
    statement(agent, old).ok()
}

fn statement(agent: &ureq::Agent, old: &[u8; 32]) -> Result<Rotated, Error> {
    let name = hex::encode(old);
    let text = agent.get(&format!("{STATEMENTS}/{name}")).call()?.into_string()?;
    let (line, signature) = text.trim().rsplit_once(' ').ok_or("no signature")?;
    let signature = Signature::from_slice(&hex::decode(signature)?)?;
    VerifyingKey::from_bytes(&STATEMENT_KEY)?.verify_strict(line.as_bytes(), &signature)?;
    let mut words = line.split(' ');
    if words.next() != Some(name.as_str()) {
        return Err("statement of another key".into());
    }
    let key = hex::decode(words.next().ok_or("no key")?)?;
    let feed = words.next().ok_or("no feed")?.to_string();
    Ok(Rotated { key: key.try_into().map_err(|_| "length of key")?, feed })
}
