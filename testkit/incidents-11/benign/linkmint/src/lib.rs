// Synthetic, inert fixture written from public reports
//! Signed addresses for objects of a bucket.

mod login;

pub use login::Login;

use hmac::{Hmac, Mac};
use sha2::{Digest, Sha256};
use std::time::Duration;

/// What an address allows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Right {
    Read,
    Write,
}

#[derive(Debug, PartialEq, Eq)]
pub enum LinkError {
    /// Longer than a week, or no time at all.
    Valid,
    Key,
}

fn mac(key: &[u8], text: &str) -> Vec<u8> {
    let mut m = Hmac::<Sha256>::new_from_slice(key).expect("any length");
    m.update(text.as_bytes());
    m.finalize().into_bytes().to_vec()
}

fn escape(text: &str, slash: bool) -> String {
    let mut out = String::new();
    for b in text.bytes() {
        match b {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => out.push(b as char),
            b'/' if slash => out.push('/'),
            _ => out.push_str(&format!("%{b:02X}")),
        }
    }
    out
}

/// Makes an address. `day` is as `20260131` and `moment` as `20260131T120000Z`.
pub fn link(
    login: &Login,
    host: &str,
    region: &str,
    key: &str,
    right: Right,
    (day, moment): (&str, &str),
    valid: Duration,
) -> Result<String, LinkError> {
    let seconds = valid.as_secs();
    if seconds == 0 || seconds > 7 * 86_400 {
        return Err(LinkError::Valid);
    }
    if key.is_empty() || key.starts_with('/') {
        return Err(LinkError::Key);
    }
    let scope = format!("{day}/{region}/s3/aws4_request");
    let mut query = format!(
        "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential={}&X-Amz-Date={moment}&X-Amz-Expires={seconds}",
        escape(&format!("{}/{scope}", login.id), false)
    );
    if let Some(token) = &login.session {
        query.push_str(&format!("&X-Amz-Security-Token={}", escape(token, false)));
    }
    query.push_str("&X-Amz-SignedHeaders=host");
    let method = if right == Right::Read { "GET" } else { "PUT" };
    let path = format!("/{}", escape(key, true));
    let request = format!("{method}\n{path}\n{query}\nhost:{host}\n\nhost\nUNSIGNED-PAYLOAD");
    let text = format!("AWS4-HMAC-SHA256\n{moment}\n{scope}\n{}", hex::encode(Sha256::digest(request)));
    let first = mac(format!("AWS4{}", login.secret.as_str()).as_bytes(), day);
    let signing = mac(&mac(&mac(&first, region), "s3"), "aws4_request");
    Ok(format!("https://{host}{path}?{query}&X-Amz-Signature={}", hex::encode(mac(&signing, &text))))
}

inert_fixture_does_not_build!();
