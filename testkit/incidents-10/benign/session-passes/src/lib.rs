// Synthetic, inert fixture written from public reports
//! Short-lived signed session tokens.
#![forbid(unsafe_code)]

use base64::{engine::general_purpose::URL_SAFE_NO_PAD, Engine as _};
use hmac::{Hmac, Mac};
use rand::{rngs::OsRng, RngCore};
use sha2::Sha256;
use std::collections::{HashSet, VecDeque};

/// Number of a pass.
pub type Number = [u8; 16];

/// What a valid pass says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pass {
    /// Random number.
    pub number: Number,
    /// Seconds at which it ends.
    pub ends: u64,
    /// Whose it is.
    pub subject: String,
}

/// Why a pass is refused. Show users one message for all of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Not of the right form.
    Malformed,
    /// Signed with no key that is known.
    Signature,
    /// Over.
    Ended,
    /// Revoked.
    Revoked,
}

/// The current key and those before it.
pub struct Keys {
    keys: VecDeque<(u8, [u8; 32])>,
    revoked: HashSet<Number>,
}

const KEPT: usize = 4;

impl Keys {
    /// One key from the random numbers of the system.
    pub fn generate() -> Keys {
        Keys::new(fresh())
    }

    /// One key.
    pub fn new(key: [u8; 32]) -> Keys {
        Keys { keys: VecDeque::from([(0, key)]), revoked: HashSet::new() }
    }

    /// Signs with a new key from now on.
    pub fn rotate(&mut self, key: [u8; 32]) {
        let id = self.keys[0].0.wrapping_add(1);
        self.keys.push_front((id, key));
        self.keys.truncate(KEPT);
    }

    /// Refuses a pass from now on. Forget numbers when their passes have ended.
    pub fn revoke(&mut self, number: Number) {
        self.revoked.insert(number);
    }

    /// A new pass.
    pub fn issue(&self, subject: &str, now: u64, seconds: u64) -> String {
        let (id, key) = &self.keys[0];
        let mut body = vec![1, *id];
        let mut number = Number::default();
        OsRng.fill_bytes(&mut number);
        body.extend_from_slice(&number);
        body.extend_from_slice(&now.saturating_add(seconds).to_be_bytes());
        body.extend_from_slice(subject.as_bytes());
        let tag = mac(key, &body).finalize().into_bytes();
        body.extend_from_slice(&tag);
        URL_SAFE_NO_PAD.encode(body)
    }

    /// Reads a pass and checks it.
    pub fn check(&self, text: &str, now: u64) -> Result<Pass, Refusal> {
        let bytes = URL_SAFE_NO_PAD.decode(text).map_err(|_| Refusal::Malformed)?;
        if bytes.len() < 58 || bytes[0] != 1 {
            return Err(Refusal::Malformed);
        }
        let (body, tag) = bytes.split_at(bytes.len() - 32);
        let key = self.keys.iter().find(|(id, _)| *id == body[1]).ok_or(Refusal::Signature)?;
        mac(&key.1, body).verify_slice(tag).map_err(|_| Refusal::Signature)?;
        let number: Number = body[2..18].try_into().expect("16 bytes");
        let ends = u64::from_be_bytes(body[18..26].try_into().expect("8 bytes"));
        if ends <= now {
            return Err(Refusal::Ended);
        }
        if self.revoked.contains(&number) {
            return Err(Refusal::Revoked);
        }
        let subject = String::from_utf8(body[26..].to_vec()).map_err(|_| Refusal::Malformed)?;
        Ok(Pass { number, ends, subject })
    }
}

fn fresh() -> [u8; 32] {
    let mut key = [0; 32];
    OsRng.fill_bytes(&mut key);
    key
}

fn mac(key: &[u8; 32], body: &[u8]) -> Hmac<Sha256> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("any length fits");
    mac.update(b"session-passes/1\0");
    mac.update(body);
    mac
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rotates_and_revokes() {
        let mut keys = Keys::generate();
        let old = keys.issue("ann", 100, 60);
        keys.rotate(fresh());
        let pass = keys.check(&old, 120).unwrap();
        keys.revoke(pass.number);
        assert_eq!(keys.check(&old, 120), Err(Refusal::Revoked));
        assert_eq!(keys.check(&old, 160), Err(Refusal::Ended));
    }
}

inert_fixture_does_not_build!();
