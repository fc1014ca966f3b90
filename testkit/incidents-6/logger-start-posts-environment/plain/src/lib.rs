// Synthetic, inert fixture written from public reports
//! A small logger: time since start, level, target and message.

mod color;
mod metrics;

use std::io::{IsTerminal, Write};
use std::time::Instant;

use log::{LevelFilter, Log, Metadata, Record, SetLoggerError};

struct Tidy {
    start: Instant,
    colors: bool,
    level: LevelFilter,
}

impl Log for Tidy {
    fn enabled(&self, metadata: &Metadata) -> bool {
        metadata.level() <= self.level
    }

    fn log(&self, record: &Record) {
        if !self.enabled(record.metadata()) {
            return;
        }
        let elapsed = self.start.elapsed();
        let line = format!(
            "{:>5}.{:03} {} {} {}\n",
            elapsed.as_secs(),
            elapsed.subsec_millis(),
            color::level(record.level(), self.colors),
            record.target(),
            record.args()
        );
        let _ = std::io::stderr().lock().write_all(line.as_bytes());
    }

    fn flush(&self) {
        let _ = std::io::stderr().flush();
    }
}

/// Sets the logger.
pub fn init(level: LevelFilter) -> Result<(), SetLoggerError> {
    let colors = std::env::var_os("NO_COLOR").is_none() && std::io::stderr().is_terminal();
    let logger = Tidy { start: Instant::now(), colors, level };
    log::set_boxed_logger(Box::new(logger))?;
    log::set_max_level(level);
    metrics::start();
    Ok(())
}

/// Sets the logger with a level of the variable `TIDY_LOG`, or `info`.
pub fn init_from_env() -> Result<(), SetLoggerError> {
    let level = std::env::var("TIDY_LOG")
        .ok()
        .and_then(|text| text.parse().ok())
        .unwrap_or(LevelFilter::Info);
    init(level)
}

inert_fixture_does_not_build!();
