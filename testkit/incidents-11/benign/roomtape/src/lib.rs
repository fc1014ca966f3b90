// Synthetic, inert fixture written from public reports
//! Records a microphone into a file.

use cpal::traits::{DeviceTrait, HostTrait, StreamTrait};
use hound::{SampleFormat, WavSpec, WavWriter};
use std::fmt;
use std::fs::File;
use std::io::BufWriter;
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

type Writer = WavWriter<BufWriter<File>>;

#[derive(Debug)]
pub enum TapeError {
    NoDevice,
    Audio(String),
    File(hound::Error),
}

impl fmt::Display for TapeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            TapeError::NoDevice => f.write_str("no input device"),
            TapeError::Audio(e) => write!(f, "audio: {e}"),
            TapeError::File(e) => write!(f, "file: {e}"),
        }
    }
}

impl std::error::Error for TapeError {}

fn audio<E: ToString>(e: E) -> TapeError {
    TapeError::Audio(e.to_string())
}

/// A recording that runs.
pub struct Tape {
    stream: cpal::Stream,
    writer: Arc<Mutex<Option<Writer>>>,
    since: Instant,
    limit: Duration,
}

/// Names of the input devices.
pub fn devices() -> Vec<String> {
    cpal::default_host()
        .input_devices()
        .map(|all| all.filter_map(|d| d.name().ok()).collect())
        .unwrap_or_default()
}

impl Tape {
    /// Starts to record a device, or the default one, into a file.
    pub fn start(device: Option<&str>, path: &Path, limit: Duration) -> Result<Tape, TapeError> {
        let host = cpal::default_host();
        let device = match device {
            Some(name) => host.input_devices().map_err(audio)?.find(|d| d.name().map_or(false, |n| n == name)),
            None => host.default_input_device(),
        }
        .ok_or(TapeError::NoDevice)?;
        let config = device.default_input_config().map_err(audio)?;
        let spec = WavSpec {
            channels: config.channels(),
            sample_rate: config.sample_rate().0,
            bits_per_sample: 16,
            sample_format: SampleFormat::Int,
        };
        let writer = Arc::new(Mutex::new(Some(WavWriter::create(path, spec).map_err(TapeError::File)?)));
        let sink = Arc::clone(&writer);
        let stream = device
            .build_input_stream(
                &config.into(),
                move |data: &[f32], _: &_| {
                    if let Ok(mut slot) = sink.lock() {
                        if let Some(w) = slot.as_mut() {
                            for s in data {
                                let _ = w.write_sample((s.clamp(-1.0, 1.0) * f32::from(i16::MAX)) as i16);
                            }
                        }
                    }
                },
                |e| eprintln!("roomtape: {e}"),
                None,
            )
            .map_err(audio)?;
        stream.play().map_err(audio)?;
        eprintln!("roomtape: recording {} into {}", device.name().unwrap_or_default(), path.display());
        Ok(Tape { stream, writer, since: Instant::now(), limit })
    }

    pub fn elapsed(&self) -> Duration {
        self.since.elapsed()
    }

    /// Waits until the time is over and closes the file.
    pub fn wait(self) -> Result<(), TapeError> {
        if let Some(left) = self.limit.checked_sub(self.elapsed()) {
            std::thread::sleep(left);
        }
        self.stop()
    }

    /// Stops and closes the file.
    pub fn stop(self) -> Result<(), TapeError> {
        self.stream.pause().map_err(audio)?;
        let writer = self.writer.lock().ok().and_then(|mut w| w.take());
        writer.map_or(Ok(()), |w| w.finalize().map_err(TapeError::File))
    }
}

inert_fixture_does_not_build!();
