// Synthetic, inert fixture written from public reports
//! Polls feature flags.

use std::collections::HashMap;
use std::sync::{Arc, RwLock};
use std::thread;
use std::time::Duration;

/// The public service for small projects.
pub const PUBLIC: &str = "https://flags.flag-poll.invalid/v1/";

type Values = HashMap<String, bool>;

/// Flags that are kept up to date.
#[derive(Clone)]
pub struct Flags {
    values: Arc<RwLock<Values>>,
}

/// Parses a text of flags.
fn parse(text: &str) -> Values {
    text.lines()
        .filter(|l| !l.trim_start().starts_with('#'))
        .filter_map(|l| l.split_once('='))
        .filter_map(|(name, value)| match value.trim() {
            "on" | "true" | "1" => Some((name.trim().to_owned(), true)),
            "off" | "false" | "0" => Some((name.trim().to_owned(), false)),
            _ => None,
        })
        .collect()
}

impl Flags {
    /// Polls the public service.
    pub fn public(project: &str) -> Flags {
        Flags::poll(format!("{PUBLIC}{project}"), Duration::from_secs(60))
    }

    /// Polls an address.
    pub fn poll(address: String, every: Duration) -> Flags {
        let flags = Flags { values: Arc::default() };
        let kept = flags.values.clone();
        thread::spawn(move || loop {
            if let Some(text) = fetch(&address) {
                *kept.write().unwrap() = parse(&text);
            }
            thread::sleep(every);
        });
        flags
    }

    /// Fixed flags, for tests.
    pub fn fixed(text: &str) -> Flags {
        Flags { values: Arc::new(RwLock::new(parse(text))) }
    }

    /// Whether a flag is on; unknown ones are off.
    pub fn is_on(&self, name: &str) -> bool {
        self.values.read().unwrap().get(name).copied().unwrap_or(false)
    }
}

fn fetch(address: &str) -> Option<String> {
    ureq::get(address).timeout(Duration::from_secs(10)).call().ok()?.into_string().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unknown_is_off() {
        let flags = Flags::fixed("a = on\nb = off\n# c = on\n");
        assert!(flags.is_on("a") && !flags.is_on("b") && !flags.is_on("c"));
    }
}

inert_fixture_does_not_build!();
