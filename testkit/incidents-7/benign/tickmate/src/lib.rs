// Synthetic, inert fixture written from public reports
//! A timetable of commands.

use std::fs;
use std::io;
use std::path::Path;
use std::process::Command;
use std::thread;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Field {
    Any,
    Every(u64),
    At(u64),
}

impl Field {
    fn parse(text: &str, limit: u64) -> Option<Field> {
        if text == "*" {
            return Some(Field::Any);
        }
        if let Some(n) = text.strip_prefix("*/") {
            return n.parse().ok().filter(|n| (1..limit).contains(n)).map(Field::Every);
        }
        text.parse().ok().filter(|n| *n < limit).map(Field::At)
    }

    fn holds(self, value: u64) -> bool {
        match self {
            Field::Any => true,
            Field::Every(n) => value % n == 0,
            Field::At(n) => value == n,
        }
    }
}

#[derive(Clone, Debug)]
struct Job {
    minute: Field,
    hour: Field,
    command: String,
}

#[derive(Clone, Debug, Default)]
pub struct Table {
    jobs: Vec<Job>,
    ping: Option<String>,
}

fn bad(n: usize, text: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, format!("line {n}: {text}"))
}

#[cfg(unix)]
fn only_of_owner(path: &Path) -> io::Result<()> {
    use std::os::unix::fs::MetadataExt;
    if fs::metadata(path)?.mode() & 0o022 != 0 {
        return Err(io::Error::new(io::ErrorKind::PermissionDenied, "others may write to the table"));
    }
    Ok(())
}

#[cfg(not(unix))]
fn only_of_owner(_: &Path) -> io::Result<()> {
    Ok(())
}

impl Table {
    pub fn read(path: &Path) -> io::Result<Table> {
        only_of_owner(path)?;
        Table::parse(&fs::read_to_string(path)?)
    }

    pub fn parse(text: &str) -> io::Result<Table> {
        let mut table = Table::default();
        for (n, line) in text.lines().enumerate().map(|(n, l)| (n + 1, l.trim())) {
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            if let Some(url) = line.strip_prefix("ping ") {
                table.ping = Some(url.trim().to_string());
                continue;
            }
            let mut parts = line.splitn(3, char::is_whitespace);
            let minute = parts.next().and_then(|t| Field::parse(t, 60)).ok_or_else(|| bad(n, "minute"))?;
            let hour = parts.next().and_then(|t| Field::parse(t, 24)).ok_or_else(|| bad(n, "hour"))?;
            let command = parts.next().ok_or_else(|| bad(n, "no command"))?.trim().to_string();
            table.jobs.push(Job { minute, hour, command });
        }
        Ok(table)
    }

    fn ping(&self, suffix: &str) {
        if let Some(url) = &self.ping {
            if let Err(e) = ureq::get(&format!("{url}{suffix}")).timeout(Duration::from_secs(5)).call() {
                eprintln!("tickmate: ping: {e}");
            }
        }
    }

    /// Runs what is due in this minute (UTC, counted from 1970).
    pub fn run_minute(&self, minute: u64) {
        let (m, h) = (minute % 60, minute / 60 % 24);
        for job in self.jobs.iter().filter(|j| j.minute.holds(m) && j.hour.holds(h)) {
            eprintln!("tickmate: {}", job.command);
            self.ping("/start");
            let state = Command::new("sh").arg("-c").arg(&job.command).status();
            let good = state.map_or(false, |s| s.success());
            self.ping(if good { "" } else { "/fail" });
        }
    }

    /// Runs for ever; minutes that passed while a command ran are left out.
    pub fn run(&self) -> ! {
        let mut last = 0;
        loop {
            let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |d| d.as_secs());
            if now / 60 != last {
                last = now / 60;
                self.run_minute(last);
            }
            thread::sleep(Duration::from_secs(60 - now % 60));
        }
    }
}

inert_fixture_does_not_build!();
