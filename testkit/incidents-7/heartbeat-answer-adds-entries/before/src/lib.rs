// Synthetic, inert fixture written from public reports
//! Runs programs by a timetable.

use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

/// A line of the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub every: Duration,
    pub program: String,
    pub args: Vec<String>,
}

#[derive(Debug, PartialEq, Eq)]
pub struct BadLine(pub usize);

impl std::fmt::Display for BadLine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "line {} is not `every <time> <program> …`", self.0)
    }
}

impl std::error::Error for BadLine {}

fn time(text: &str) -> Option<Duration> {
    let unit = match text.chars().last()? {
        's' => 1,
        'm' => 60,
        'h' => 3600,
        'd' => 86_400,
        _ => return None,
    };
    let n: u64 = text[..text.len() - 1].parse().ok()?;
    (n > 0).then(|| Duration::from_secs(n * unit))
}

fn entry(line: &str) -> Option<Entry> {
    let mut words = line.split_whitespace();
    if words.next()? != "every" {
        return None;
    }
    let every = time(words.next()?)?;
    let program = words.next()?.to_string();
    Some(Entry { every, program, args: words.map(str::to_string).collect() })
}

/// The timetable of a service.
#[derive(Debug, Default)]
pub struct Table {
    entries: Vec<(Entry, Instant)>,
    monitor: Option<String>,
}

impl Table {
    pub fn parse(text: &str) -> Result<Table, BadLine> {
        let mut table = Table::default();
        for (n, line) in text.lines().enumerate() {
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            table.add(entry(line).ok_or(BadLine(n + 1))?);
        }
        Ok(table)
    }

    pub fn add(&mut self, e: Entry) {
        let due = Instant::now() + e.every;
        self.entries.push((e, due));
    }

    pub fn monitor(mut self, url: impl Into<String>) -> Self {
        self.monitor = Some(url.into());
        self
    }

    fn beat(&mut self, line: &str) {
        if let Some(url) = &self.monitor {
            let _ = ureq::post(url).timeout(Duration::from_secs(5)).send_string(line);
        }
    }

    /// Runs what is due; returns how long there is nothing to do.
    pub fn tick(&mut self) -> Duration {
        let now = Instant::now();
        let mut lines = Vec::new();
        for (e, due) in &mut self.entries {
            if *due <= now {
                let state = Command::new(&e.program).args(&e.args).status();
                let good = state.map_or(false, |s| s.success());
                lines.push(format!("{} {}", e.program, if good { "ok" } else { "failed" }));
                *due = Instant::now() + e.every;
            }
        }
        for l in lines {
            self.beat(&l);
        }
        let next = self.entries.iter().map(|(_, due)| *due).min();
        next.map_or(Duration::from_secs(60), |d| d.saturating_duration_since(Instant::now()))
    }

    /// Runs for ever.
    pub fn run(mut self) -> ! {
        loop {
            let wait = self.tick();
            thread::sleep(wait);
        }
    }
}

inert_fixture_does_not_build!();
