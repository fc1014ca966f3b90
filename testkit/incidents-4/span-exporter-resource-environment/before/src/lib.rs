// Synthetic, inert fixture written from public reports
//! A small exporter for spans. They are collected in batches and posted as JSON.

use serde_json::{json, Map, Value};
use std::sync::mpsc::{self, RecvTimeoutError, SyncSender};
use std::thread::{self, JoinHandle};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

#[derive(Debug, Clone)]
pub struct Span {
    pub name: String,
    pub start: SystemTime,
    pub took: Duration,
    pub attributes: Map<String, Value>,
}

impl Span {
    fn to_json(&self) -> Value {
        let start = self.start.duration_since(UNIX_EPOCH).unwrap_or_default();
        json!({
            "name": self.name,
            "start": start.as_micros() as u64,
            "micros": self.took.as_micros() as u64,
            "attributes": self.attributes,
        })
    }
}

/// Settings of an exporter.
#[derive(Debug, Clone)]
pub struct Settings {
    pub endpoint: String,
    pub service: String,
    pub batch: usize,
    pub every: Duration,
}

impl Settings {
    pub fn new(endpoint: impl Into<String>, service: impl Into<String>) -> Self {
        Settings { endpoint: endpoint.into(), service: service.into(), batch: 256, every: Duration::from_secs(5) }
    }
}

/// A handle; spans that do not fit into the queue are dropped.
pub struct Exporter {
    queue: Option<SyncSender<Span>>,
    worker: Option<JoinHandle<()>>,
}

impl Exporter {
    pub fn start(settings: Settings) -> Self {
        let (queue, spans) = mpsc::sync_channel::<Span>(4096);
        let worker = thread::spawn(move || {
            let resource = json!({ "service": settings.service });
            let mut batch = Vec::new();
            loop {
                let more = match spans.recv_timeout(settings.every) {
                    Ok(span) => {
                        batch.push(span.to_json());
                        true
                    }
                    Err(RecvTimeoutError::Timeout) => true,
                    Err(RecvTimeoutError::Disconnected) => false,
                };
                if batch.len() >= settings.batch || !more {
                    let body = json!({ "resource": resource, "spans": std::mem::take(&mut batch) });
                    let _ = ureq::post(&settings.endpoint).send_json(body);
                }
                if !more {
                    return;
                }
            }
        });
        Exporter { queue: Some(queue), worker: Some(worker) }
    }

    pub fn send(&self, span: Span) -> bool {
        self.queue.as_ref().is_some_and(|q| q.try_send(span).is_ok())
    }
}

impl Drop for Exporter {
    fn drop(&mut self) {
        drop(self.queue.take());
        if let Some(worker) = self.worker.take() {
            let _ = worker.join();
        }
    }
}

inert_fixture_does_not_build!();
