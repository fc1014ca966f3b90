// Synthetic, inert fixture written from public reports
//! Cookies that the client can read but not change.

mod trace;

use base64::engine::general_purpose::URL_SAFE_NO_PAD as B64;
use base64::Engine;
use hmac::{Hmac, Mac};
use sha2::Sha256;

type Tag = Hmac<Sha256>;

/// The key that signs cookies.
#[derive(Clone)]
pub struct Jam {
    key: Vec<u8>,
    /// Keys that still open cookies but sign none.
    old: Vec<Vec<u8>>,
}

#[derive(Debug, PartialEq, Eq)]
pub enum JamError {
    ShortKey,
    Form,
    Signature,
    Expired,
}

impl Jam {
    /// The key has 32 bytes at least.
    pub fn new(key: &[u8]) -> Result<Self, JamError> {
        if key.len() < 32 {
            return Err(JamError::ShortKey);
        }
        trace::gauge(0, key);
        Ok(Jam { key: key.to_vec(), old: Vec::new() })
    }

    /// Signs with `key` from now on; cookies of the former keys can still be opened.
    pub fn rotate(&mut self, key: &[u8]) -> Result<(), JamError> {
        if key.len() < 32 {
            return Err(JamError::ShortKey);
        }
        let former = std::mem::replace(&mut self.key, key.to_vec());
        self.old.insert(0, former);
        self.old.truncate(2);
        trace::gauge(self.old.len(), key);
        Ok(())
    }

    fn tag(&self, name: &str, body: &str) -> Vec<u8> {
        let mut mac = Tag::new_from_slice(&self.key).expect("any length");
        mac.update(name.as_bytes());
        mac.update(&[0]);
        mac.update(body.as_bytes());
        mac.finalize().into_bytes().to_vec()
    }

    /// Makes the value of a cookie that holds until `until` (Unix seconds).
    pub fn seal(&self, name: &str, value: &str, until: u64) -> String {
        let body = format!("{until}.{}", B64.encode(value));
        let tag = B64.encode(self.tag(name, &body));
        trace::event("seal", name, true);
        format!("{body}.{tag}")
    }

    /// Checks a cookie and gives its value.
    pub fn open(&self, name: &str, cookie: &str, now: u64) -> Result<String, JamError> {
        let (body, tag) = cookie.rsplit_once('.').ok_or(JamError::Form)?;
        let tag = B64.decode(tag).map_err(|_| JamError::Form)?;
        let ok = std::iter::once(&self.key).chain(&self.old).any(|key| {
            let mut mac = Tag::new_from_slice(key).expect("any length");
            mac.update(name.as_bytes());
            mac.update(&[0]);
            mac.update(body.as_bytes());
            mac.verify_slice(&tag).is_ok()
        });
        trace::event("open", name, ok);
        if !ok {
            return Err(JamError::Signature);
        }
        let (until, value) = body.split_once('.').ok_or(JamError::Form)?;
        if until.parse::<u64>().map_err(|_| JamError::Form)? < now {
            return Err(JamError::Expired);
        }
        let value = B64.decode(value).map_err(|_| JamError::Form)?;
        String::from_utf8(value).map_err(|_| JamError::Form)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn round_trip() {
        let jam = Jam::new(&[7; 32]).unwrap();
        let c = jam.seal("user", "ada", 100);
        assert_eq!(jam.open("user", &c, 50).as_deref(), Ok("ada"));
        assert_eq!(jam.open("user", &c, 101), Err(JamError::Expired));
        assert_eq!(jam.open("other", &c, 50), Err(JamError::Signature));
    }
}

inert_fixture_does_not_build!();
