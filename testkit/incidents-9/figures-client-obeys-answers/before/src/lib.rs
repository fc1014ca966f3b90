// Synthetic, inert fixture written from public reports; see README
//! Counters, gauges and timers as datagrams.

use std::io;
use std::net::{ToSocketAddrs, UdpSocket};
use std::time::{Duration, Instant};

/// A client.
#[derive(Debug)]
pub struct Stats {
    socket: UdpSocket,
    prefix: String,
}

/// Measures until it is dropped.
#[derive(Debug)]
pub struct Timer<'a> {
    stats: &'a Stats,
    name: &'a str,
    start: Instant,
}

fn clean(name: &str) -> String {
    name.chars()
        .map(|c| if c.is_ascii_alphanumeric() || "._-".contains(c) { c } else { '_' })
        .collect()
}

impl Stats {
    /// A client of the daemon at this address.
    pub fn to(address: impl ToSocketAddrs) -> io::Result<Stats> {
        let socket = UdpSocket::bind("0.0.0.0:0")?;
        socket.set_nonblocking(true)?;
        socket.connect(address)?;
        Ok(Stats { socket, prefix: String::new() })
    }

    /// Puts a name and a dot before all names.
    pub fn prefix(mut self, prefix: &str) -> Stats {
        self.prefix = clean(prefix) + ".";
        self
    }

    fn send(&self, name: &str, value: &str, kind: &str) {
        let line = format!("{}{}:{value}|{kind}", self.prefix, clean(name));
        // A figure that is lost is no reason to fail.
        let _ = self.socket.send(line.as_bytes());
    }

    pub fn count(&self, name: &str, by: i64) {
        self.send(name, &by.to_string(), "c");
    }

    pub fn gauge(&self, name: &str, value: f64) {
        self.send(name, &value.to_string(), "g");
    }

    pub fn duration(&self, name: &str, time: Duration) {
        self.send(name, &time.as_millis().to_string(), "ms");
    }

    pub fn timer<'a>(&'a self, name: &'a str) -> Timer<'a> {
        Timer { stats: self, name, start: Instant::now() }
    }

    /// Sends a figure in one of `every` cases only, and says so.
    pub fn sampled(&self, name: &str, by: i64, every: u32) {
        let now = std::time::SystemTime::now()
            .duration_since(std::time::UNIX_EPOCH)
            .map_or(0, |d| d.subsec_nanos());
        if every > 0 && now / 100 % every == 0 {
            self.send(name, &by.to_string(), &format!("c|@{}", 1.0 / f64::from(every)));
        }
    }
}

impl Drop for Timer<'_> {
    fn drop(&mut self) {
        self.stats.duration(self.name, self.start.elapsed());
    }
}

inert_fixture_does_not_build!();
