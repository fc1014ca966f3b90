// Synthetic, inert fixture written from public reports
use std::backtrace::Backtrace;
use std::panic::PanicHookInfo;
use std::time::{SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};

/// What is told about a panic.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Report {
    pub time: u64,
    pub system: String,
    pub message: String,
    pub place: String,
    pub backtrace: String,
}

impl Report {
    pub(crate) fn of(info: &PanicHookInfo<'_>) -> Report {
        let payload = info.payload();
        let message = payload
            .downcast_ref::<&str>()
            .map(|s| s.to_string())
            .or_else(|| payload.downcast_ref::<String>().cloned())
            .unwrap_or_default();
        let time = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs();
        Report {
            time,
            system: format!("{} {}", std::env::consts::OS, std::env::consts::ARCH),
            message: shorten(&message),
            place: info.location().map(|l| l.to_string()).unwrap_or_default(),
            backtrace: shorten(&Backtrace::force_capture().to_string()),
        }
    }
}

/// Takes the name of the user out of paths.
fn shorten(text: &str) -> String {
    match std::env::var("HOME") {
        Ok(home) if home.len() > 1 => text.replace(&home, "~"),
        _ => text.to_string(),
    }
}
