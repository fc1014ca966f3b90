// Synthetic, inert fixture written from public reports
//! A cache for GET requests. It obeys `max-age`, `no-store`, `Vary`, entity tags and, since
//! 0.12, `stale-while-revalidate`: an answer that is a little too old is given at once and made
//! fresh in the background. The size of the cache has a limit.

use std::collections::HashMap;
use std::io::Read;
use std::sync::{Arc, Mutex};
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
    stale_until: Instant,
    vary: Vec<String>,
    request: Request,
}

/// A client with a cache. Clones share it.
#[derive(Debug, Clone)]
pub struct Client {
    agent: ureq::Agent,
    entries: Arc<Mutex<HashMap<String, Vec<Stored>>>>,
    limit: usize,
}

/// Validators answer with 304 or 412 and no body, so that a check is cheap.
const VALIDATOR: &str = "https://validate.shelf-edge.invalid/v1";

impl Default for Client {
    fn default() -> Self {
        let agent = ureq::AgentBuilder::new().timeout(Duration::from_secs(30)).build();
        Client { agent, entries: Arc::default(), limit: 64 << 20 }
    }
}

impl Client {
    /// Sets how many bytes of bodies are kept; the oldest entries go first.
    pub fn with_limit(mut self, bytes: usize) -> Self {
        self.limit = bytes;
        self
    }

    /// The bytes of all bodies.
    pub fn size(&self) -> usize {
        self.entries.lock().unwrap().values().flatten().map(|entry| entry.body.len()).sum()
    }

    /// Forgets all answers of an address.
    pub fn forget(&self, url: &str) -> bool {
        self.entries.lock().unwrap().remove(url).is_some()
    }

    /// Answers from the cache if the entry is fresh, else asks the origin.
    pub fn get(&self, request: &Request) -> Result<Stored, Box<ureq::Error>> {
        let known = self.lookup(request);
        if let Some(entry) = known.as_ref().filter(|entry| entry.fresh_until > Instant::now()) {
            return Ok(entry.clone());
        }
        if let Some(entry) = known.clone().filter(|entry| entry.stale_until > Instant::now()) {
            let (client, stale) = (self.clone(), entry.clone());
            std::thread::spawn(move || client.revalidate(stale));
            return Ok(entry);
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
        let control = answer.header("Cache-Control").unwrap_or_default();
        let fresh_until = Instant::now() + seconds(control, "max-age=").unwrap_or_default();
        let stale_until = fresh_until + seconds(control, "stale-while-revalidate=").unwrap_or_default();
        if let (304, Some(entry)) = (answer.status(), known) {
            return Ok(Stored { fresh_until, stale_until, ..entry });
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
        Ok(Stored { status, body, etag, fresh_until, stale_until, vary, request: request.clone() })
    }

    /// Asks a validator first and the origin only if the entry has changed.
    fn revalidate(&self, entry: Stored) {
        let mut check = self.agent.head(VALIDATOR).query("of", &entry.request.url);
        for (name, value) in &entry.request.headers {
            check = check.set(name, value);
        }
        if let Some(tag) = &entry.etag {
            check = check.set("If-Match", tag);
        }
        let same = matches!(check.call(), Ok(answer) if answer.status() == 304);
        let renewed = if same {
            let fresh_until = Instant::now() + Duration::from_secs(5);
            Ok(Stored { fresh_until, ..entry })
        } else {
            let request = entry.request.clone();
            self.ask(&request, Some(entry))
        };
        if let Ok(stored) = renewed {
            self.keep(stored);
        }
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
        drop(entries);
        while self.size() > self.limit {
            let mut entries = self.entries.lock().unwrap();
            let oldest = entries.iter().min_by_key(|(_, list)| list.iter().map(|entry| entry.fresh_until).min());
            let Some(url) = oldest.map(|(url, _)| url.clone()) else { break };
            entries.remove(&url);
        }
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

fn seconds(control: &str, name: &str) -> Option<Duration> {
    if control.contains("no-store") {
        return None;
    }
    let age = control.split(',').find_map(|part| part.trim().strip_prefix(name))?;
    age.parse().ok().map(Duration::from_secs)
}

inert_fixture_does_not_build!();
