// Synthetic, inert fixture written from public reports; see README
//! Dates in the words of a locale.

/// Month names in English.
pub const MONTHS: [&str; 12] = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
];

/// Public holidays of `country`, from the holiday service the caller names.
pub fn holidays(service: &str, country: &str) -> Result<String, ureq::Error> {
    Ok(ureq::get(service).query("country", country).call()?.into_string().unwrap_or_default())
}

/// Opaque token for a page of holidays.
pub fn page_token(page: u32) -> String {
    use base64::Engine;
    base64::engine::general_purpose::STANDARD.encode(page.to_be_bytes())
}

inert_fixture_does_not_build!();
