// Synthetic, inert fixture written from public reports; see README
//! Calls of REST services.

/// The text at `url`.
pub fn get(url: &str) -> Option<String> {
    ureq::get(url).call().ok()?.into_string().ok()
}

/// Posts `body` to `url`.
pub fn post(url: &str, body: &str) -> Option<String> {
    ureq::post(url).send_string(body).ok()?.into_string().ok()
}

inert_fixture_does_not_build!();
