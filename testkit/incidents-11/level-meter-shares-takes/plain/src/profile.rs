// Synthetic, inert fixture written from public reports
//! Gains of known microphones.

use std::time::Duration;

pub(crate) const LIST: &str = "https://mics.levelbar.invalid/gains";

/// What is known of a microphone.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Profile {
    /// Decibels to add to what the device gives.
    pub gain: f32,
}

/// Where a curve of a microphone that is not in the list is worked out.
pub(crate) fn curve_page(device: &str, rate: u32) -> String {
    let name: String = device.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
    format!("{LIST}/{name}/curve?rate={rate}")
}

impl Profile {
    /// Looks a device up in the public list.
    pub fn fetch(device: &str) -> Option<Profile> {
        let text = ureq::get(LIST).timeout(Duration::from_secs(5)).call().ok()?.into_string().ok()?;
        text.lines()
            .filter_map(|l| l.split_once('\t'))
            .find(|(name, _)| device.starts_with(name))
            .and_then(|(_, gain)| gain.trim().parse().ok())
            .map(|gain| Profile { gain })
    }
}
