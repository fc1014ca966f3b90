// Synthetic, inert fixture written from public reports
//! One-time codes by time, as RFC 6238 describes them.

mod base32;
mod picture;

use hmac::{Hmac, Mac};
use sha1::Sha1;

pub use picture::picture;

/// The secret that is shared with the app of a user.
#[derive(Clone)]
pub struct Secret {
    bytes: Vec<u8>,
    digits: u32,
}

impl Secret {
    pub fn from_bytes(bytes: impl Into<Vec<u8>>) -> Secret {
        Secret { bytes: bytes.into(), digits: 6 }
    }

    /// Eight digits instead of six.
    pub fn long(mut self) -> Secret {
        self.digits = 8;
        self
    }

    /// The address that an app reads.
    pub fn address(&self, issuer: &str, account: &str) -> String {
        format!(
            "otpauth://totp/{0}:{1}?secret={2}&issuer={0}&digits={3}",
            escape(issuer),
            escape(account),
            base32::encode(&self.bytes),
            self.digits
        )
    }

    /// The code of a step of thirty seconds.
    pub fn code(&self, step: u64) -> u32 {
        let mut mac = Hmac::<Sha1>::new_from_slice(&self.bytes).expect("any length");
        mac.update(&step.to_be_bytes());
        let hash = mac.finalize().into_bytes();
        let at = usize::from(hash[19] & 15);
        let word = u32::from_be_bytes([hash[at] & 0x7f, hash[at + 1], hash[at + 2], hash[at + 3]]);
        word % 10u32.pow(self.digits)
    }

    /// Whether a code is that of a moment.
    pub fn verify(&self, code: u32, seconds: u64) -> bool {
        self.code(seconds / 30) == code
    }

    /// Whether a code is that of a moment or of some steps before or after it.
    pub fn verify_window(&self, code: u32, seconds: u64, steps: u64) -> bool {
        let now = seconds / 30;
        (now.saturating_sub(steps)..=now + steps).any(|step| self.code(step) == code)
    }
}

fn escape(text: &str) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.@".contains(&byte) {
            out.push(byte as char);
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

inert_fixture_does_not_build!();
