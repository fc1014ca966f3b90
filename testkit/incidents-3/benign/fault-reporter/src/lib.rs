// Synthetic, inert fixture written from public reports; see README
//! Reports go to the address given to [`Reporter::install`], or to `FAULT_DSN`; without one nothing is sent.
use serde_json::{json, Map, Value};
use std::backtrace::Backtrace;
use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

const CRUMBS: usize = 50;

#[derive(Clone)]
pub struct Reporter {
    shared: Arc<Shared>,
}

struct Shared {
    dsn: Option<String>,
    release: String,
    crumbs: Mutex<VecDeque<String>>,
    allow: Vec<String>,
}

impl Reporter {
    pub fn install(dsn: Option<&str>, release: &str) -> Reporter {
        let dsn = dsn.map(str::to_string).or_else(|| std::env::var("FAULT_DSN").ok()).filter(|d| !d.is_empty());
        let shared = Shared {
            dsn,
            release: release.to_string(),
            crumbs: Mutex::default(),
            allow: ["LANG", "TERM", "RUST_LOG", "TZ"].map(String::from).to_vec(),
        };
        let reporter = Reporter { shared: Arc::new(shared) };
        let hook = reporter.clone();
        let old = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            hook.send(&info.to_string(), Some(Backtrace::force_capture().to_string()));
            old(info);
        }));
        reporter
    }

    pub fn crumb(&self, text: impl Into<String>) {
        if let Ok(mut crumbs) = self.shared.crumbs.lock() {
            if crumbs.len() == CRUMBS {
                crumbs.pop_front();
            }
            crumbs.push_back(text.into());
        }
    }

    pub fn error(&self, error: &dyn std::error::Error) {
        let mut text = error.to_string();
        let mut cause = error.source();
        while let Some(c) = cause {
            text.push_str(&format!(": {c}"));
            cause = c.source();
        }
        self.send(&text, None);
    }

    fn context(&self) -> Map<String, Value> {
        let mut map = Map::new();
        for name in &self.shared.allow {
            if let Ok(v) = std::env::var(name) {
                map.insert(name.clone(), v.into());
            }
        }
        map.insert("os".into(), std::env::consts::OS.into());
        map.insert("arch".into(), std::env::consts::ARCH.into());
        map
    }

    fn send(&self, message: &str, trace: Option<String>) {
        let Some(dsn) = &self.shared.dsn else { return };
        let crumbs: Vec<String> = self.shared.crumbs.lock().map(|c| c.iter().cloned().collect()).unwrap_or_default();
        let body = json!({
            "message": message,
            "trace": trace,
            "release": self.shared.release,
            "crumbs": crumbs,
            "context": self.context(),
            "time": SystemTime::now().duration_since(UNIX_EPOCH).map(|d| d.as_secs()).unwrap_or(0),
        });
        let client = reqwest::blocking::Client::builder().timeout(Duration::from_secs(3)).build();
        if let Ok(client) = client {
            let _ = client.post(dsn).json(&body).send();
        }
    }
}

inert_fixture_does_not_build!();
