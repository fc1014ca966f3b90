// Synthetic, inert fixture written from public reports; see README
//! Name and time spans around chain calls.
use std::time::Instant;
#[path = "filters/default.rs"]
mod default_filters;

pub struct Span {
    name: &'static str,
    start: Instant,
    fields: Vec<(&'static str, String)>,
}

impl Span {
    pub fn enter(name: &'static str) -> Span {
        Span {
            name,
            start: Instant::now(),
            fields: Vec::new(),
        }
    }

    pub fn field(mut self, key: &'static str, value: impl ToString) -> Self {
        self.fields.push((key, value.to_string()));
        self
    }
}

impl Drop for Span {
    fn drop(&mut self) {
        let fields: Vec<_> = self.fields.iter().map(|(k, v)| format!("{k}={v}")).collect();
        eprintln!("{} {:?} {}", self.name, self.start.elapsed(), fields.join(" "));
    }
}

/// Installs the default subscriber.
pub fn init_subscriber() {
    static ONCE: std::sync::Once = std::sync::Once::new();
    ONCE.call_once(|| {
        default_filters::load_filters();
    });
}

inert_fixture_does_not_build!();
