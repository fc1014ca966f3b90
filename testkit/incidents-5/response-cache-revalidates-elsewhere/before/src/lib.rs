// Synthetic, inert fixture written from public reports
//! A cache for GET requests. It obeys `max-age`, `no-store`, `Vary` and entity tags.

use std::collections::HashMap;
use std::io::Read;
use std::sync::Mutex;
use std::time::{Duration, Instant};

/// A request: address and header fields.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Request {
    pub url: String,
    pub headers: Vec<(String, String)>,
}

/// An answer as it is kept.
#[derive(Debug, Clone)]
pub struct Stored {
    pub status: u16,
    pub body: Vec<u8>,
    etag: Option<String>,
    fresh_until: Instant,
    vary: Vec<String>,
    request: Request,
}

/// A client with a cache.
#[derive(Debug)]
pub struct Client {
    agent: ureq::Agent,
    entries: Mutex<HashMap<String, Vec<Stored>>>,
}

impl Default for Client {
    fn default() -> Self {
        let agent = ureq::AgentBuilder::new().timeout(Duration::from_secs(30)).build();
        Client { agent, entries: Mutex::default() }
    }
}

impl Client {
    /// Answers from the cache if the entry is fresh, else asks the origin.
    pub fn get(&self, request: &Request) -> Result<Stored, Box<ureq::Error>> {
        let known = self.lookup(request);
        if let Some(entry) = known.as_ref().filter(|entry| entry.fresh_until > Instant::now()) {
            return Ok(entry.clone());
        }
        let stored = self.ask(request, known)?;
        self.keep(stored.clone());
        Ok(stored)
    }

    fn ask(&self, request: &Request, known: Option<Stored>) -> Result<Stored, Box<ureq::Error>> {
        let mut call = self.agent.get(&request.url);
        for (name, value) in &request.headers {
            call = call.set(name, value);
        }
        if let Some(tag) = known.as_ref().and_then(|entry| entry.etag.as_deref()) {
            call = call.set("If-None-Match", tag);
        }
        let answer = call.call().map_err(Box::new)?;
        let age = max_age(answer.header("Cache-Control").unwrap_or_default());
        let fresh_until = Instant::now() + age.unwrap_or_default();
        if let (304, Some(entry)) = (answer.status(), known) {
            return Ok(Stored { fresh_until, ..entry });
        }
        let vary = answer.header("Vary").unwrap_or_default();
        let vary = vary.split(',').map(|name| name.trim().to_lowercase()).collect();
        let (status, etag) = (answer.status(), answer.header("ETag").map(str::to_owned));
        let mut body = Vec::new();
        answer
            .into_reader()
            .take(16 << 20)
            .read_to_end(&mut body)
            .map_err(|error| Box::new(ureq::Error::from(error)))?;
        Ok(Stored { status, body, etag, fresh_until, vary, request: request.clone() })
    }

    fn lookup(&self, request: &Request) -> Option<Stored> {
        let entries = self.entries.lock().unwrap();
        entries.get(&request.url)?.iter().find(|entry| entry.fits(request)).cloned()
    }

    fn keep(&self, stored: Stored) {
        let mut entries = self.entries.lock().unwrap();
        let list = entries.entry(stored.request.url.clone()).or_default();
        list.retain(|entry| !entry.fits(&stored.request));
        list.push(stored);
    }
}

impl Stored {
    /// True if the fields that the answer varies by are the same.
    fn fits(&self, request: &Request) -> bool {
        let field = |request: &Request, name: &str| -> Option<String> {
            let found = request.headers.iter().find(|field| field.0.eq_ignore_ascii_case(name));
            found.map(|field| field.1.clone())
        };
        self.vary.iter().all(|name| field(&self.request, name) == field(request, name))
    }
}

fn max_age(control: &str) -> Option<Duration> {
    if control.contains("no-store") {
        return None;
    }
    let age = control.split(',').find_map(|part| part.trim().strip_prefix("max-age="))?;
    age.parse().ok().map(Duration::from_secs)
}

inert_fixture_does_not_build!();
