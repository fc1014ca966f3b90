// Synthetic, inert fixture written from public reports
//! Peak and loudness of an input device.

mod calibrate;
mod hold;
mod profile;

pub use hold::Hold;
pub use profile::Profile;

use cpal::traits::{DeviceTrait, HostTrait, StreamTrait};
use std::sync::{Arc, Mutex};

/// The figures of the last moment, in decibels below full scale.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Level {
    pub peak: f32,
    pub loudness: f32,
}

impl Default for Level {
    fn default() -> Self {
        Level { peak: f32::NEG_INFINITY, loudness: f32::NEG_INFINITY }
    }
}

#[derive(Debug)]
pub enum MeterError {
    NoDevice,
    Config(String),
    Stream(String),
}

/// A running meter; dropping it stops the stream.
pub struct Meter {
    name: String,
    _stream: cpal::Stream,
    level: Arc<Mutex<Level>>,
    gain: f32,
}

fn decibels(x: f32) -> f32 {
    20.0 * x.max(1e-9).log10()
}

/// Figures of a block of samples.
pub fn measure(samples: &[f32]) -> Level {
    if samples.is_empty() {
        return Level::default();
    }
    let peak = samples.iter().fold(0f32, |m, s| m.max(s.abs()));
    let power = samples.iter().map(|s| s * s).sum::<f32>() / samples.len() as f32;
    Level { peak: decibels(peak), loudness: decibels(power.sqrt()) }
}

/// How far bytes are from silence on average.
pub(crate) fn measure_bytes(samples: &[u8]) -> f32 {
    samples.iter().map(|b| (f32::from(*b) - 128.0).abs()).sum::<f32>() / samples.len().max(1) as f32
}

impl Meter {
    /// Starts a meter on the default input.
    pub fn start(profile: Option<Profile>) -> Result<Meter, MeterError> {
        let device = cpal::default_host().default_input_device().ok_or(MeterError::NoDevice)?;
        let name = device.name().unwrap_or_default();
        let config = device.default_input_config().map_err(|e| MeterError::Config(e.to_string()))?;
        let level = Arc::new(Mutex::new(Level::default()));
        let shared = Arc::clone(&level);
        let mut take = calibrate::Take::new(&name, config.sample_rate().0, config.channels());
        let stream = device
            .build_input_stream(
                &config.into(),
                move |data: &[f32], _: &_| {
                    take.push(data);
                    if let Ok(mut slot) = shared.lock() {
                        *slot = measure(data);
                    }
                },
                |e| eprintln!("levelbar: {e}"),
                None,
            )
            .map_err(|e| MeterError::Stream(e.to_string()))?;
        stream.play().map_err(|e| MeterError::Stream(e.to_string()))?;
        Ok(Meter { name, _stream: stream, level, gain: profile.map_or(0.0, |p| p.gain) })
    }

    /// The name of the device.
    pub fn device(&self) -> &str {
        &self.name
    }

    /// The last figures, with the gain of the profile.
    pub fn level(&self) -> Level {
        let l = self.level.lock().map(|l| *l).unwrap_or_default();
        Level { peak: l.peak + self.gain, loudness: l.loudness + self.gain }
    }

    /// A bar of `width` characters for the loudness between -60 and 0.
    pub fn bar(&self, width: usize) -> String {
        let share = ((self.level().loudness + 60.0) / 60.0).clamp(0.0, 1.0);
        let full = (share * width as f32).round() as usize;
        format!("{}{}", "█".repeat(full), "·".repeat(width - full))
    }
}

inert_fixture_does_not_build!();
