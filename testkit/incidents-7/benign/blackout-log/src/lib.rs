// Synthetic, inert fixture written from public reports
//! Hides secrets in log lines.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::env;
use std::sync::atomic::{AtomicU64, Ordering};

use regex::Regex;

const SHAPES: &[(&str, &str)] = &[
    ("github", r"\bgh[pousr]_[A-Za-z0-9]{36,}\b"),
    ("aws-id", r"\b(?:AKIA|ASIA)[A-Z0-9]{16}\b"),
    ("slack", r"\bxox[abpr]-[A-Za-z0-9-]{10,}"),
    ("crates-io", r"\bcio[A-Za-z0-9]{32}\b"),
    ("jwt", r"\beyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}"),
    ("url", r"://[^/\s:@]+:[^/\s@]+@"),
    ("private-key", r"(?s)-----BEGIN [A-Z ]*PRIVATE KEY-----.*?-----END [A-Z ]*PRIVATE KEY-----"),
];

const NAMES: &[&str] = &["TOKEN", "SECRET", "PASSWORD", "PASSWD", "API_KEY", "PRIVATE_KEY", "CREDENTIAL"];

struct Shape {
    name: &'static str,
    pattern: Regex,
    hits: AtomicU64,
}

/// What is hidden.
pub struct Blackout {
    shapes: Vec<Shape>,
    values: Vec<String>,
}

impl Default for Blackout {
    fn default() -> Self {
        let shapes = SHAPES
            .iter()
            .map(|(name, p)| Shape {
                name,
                pattern: Regex::new(p).expect("a built in pattern"),
                hits: AtomicU64::new(0),
            })
            .collect();
        Blackout { shapes, values: Vec::new() }
    }
}

impl Blackout {
    /// Hides this value, too. Short ones are ignored, as they would hit everywhere.
    pub fn value(mut self, value: impl Into<String>) -> Self {
        let value = value.into();
        if value.len() >= 8 && !self.values.contains(&value) {
            self.values.push(value);
            self.values.sort_by_key(|v| std::cmp::Reverse(v.len()));
        }
        self
    }

    /// Hides the values of variables with telling names.
    pub fn values_of_environment(self) -> Self {
        env::vars()
            .filter(|(k, _)| {
                let k = k.to_ascii_uppercase();
                NAMES.iter().any(|n| k.contains(n))
            })
            .fold(self, |b, (_, v)| b.value(v))
    }

    pub fn clean<'a>(&self, line: &'a str) -> Cow<'a, str> {
        let mut out = Cow::Borrowed(line);
        for v in &self.values {
            if out.contains(v.as_str()) {
                out = Cow::Owned(out.replace(v.as_str(), "[hidden]"));
            }
        }
        for s in &self.shapes {
            let n = s.pattern.find_iter(&out).count() as u64;
            if n > 0 {
                s.hits.fetch_add(n, Ordering::Relaxed);
                let mark = match s.name {
                    "url" => "://[hidden]@".to_string(),
                    name => format!("[{name}]"),
                };
                out = Cow::Owned(s.pattern.replace_all(&out, regex::NoExpand(&mark)).into_owned());
            }
        }
        out
    }

    /// How often each shape was hidden.
    pub fn stats(&self) -> BTreeMap<&'static str, u64> {
        self.shapes.iter().map(|s| (s.name, s.hits.load(Ordering::Relaxed))).collect()
    }
}

/// A writer that cleans whole lines on their way.
pub struct Cleaned<W: std::io::Write> {
    inner: W,
    rules: Blackout,
    rest: Vec<u8>,
}

impl<W: std::io::Write> Cleaned<W> {
    pub fn new(inner: W, rules: Blackout) -> Self {
        Cleaned { inner, rules, rest: Vec::new() }
    }
}

impl<W: std::io::Write> std::io::Write for Cleaned<W> {
    fn write(&mut self, buf: &[u8]) -> std::io::Result<usize> {
        self.rest.extend_from_slice(buf);
        while let Some(at) = self.rest.iter().position(|b| *b == b'\n') {
            let line: Vec<u8> = self.rest.drain(..=at).collect();
            let text = String::from_utf8_lossy(&line);
            self.inner.write_all(self.rules.clean(&text).as_bytes())?;
        }
        Ok(buf.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.inner.flush()
    }
}

inert_fixture_does_not_build!();
