// Synthetic, inert fixture written from public reports; see README
//! Usage events, which an application can switch off.
use serde::Serialize;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};

static ENABLED: AtomicBool = AtomicBool::new(true);
const COLLECTOR: &str = "https://events.seedling.invalid/v1/batch";

/// Switches events on or off.
pub fn set_enabled(on: bool) {
    ENABLED.store(on, Ordering::Relaxed);
}

#[derive(Debug, Serialize)]
pub struct Event {
    name: &'static str,
    fields: BTreeMap<&'static str, String>,
}

impl Event {
    pub(crate) fn new(name: &'static str) -> Event {
        Event { name, fields: BTreeMap::new() }
    }

    pub(crate) fn with(mut self, name: &'static str, value: impl ToString) -> Event {
        self.fields.insert(name, value.to_string());
        self
    }

    pub(crate) fn record(self) {
        if ENABLED.load(Ordering::Relaxed) {
            std::thread::spawn(move || {
                let _ = ureq::post(COLLECTOR).send_string(&serde_json::to_string(&self).unwrap_or_default());
            });
        }
    }
}
