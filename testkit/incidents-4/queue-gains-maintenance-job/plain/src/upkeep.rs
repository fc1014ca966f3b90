// Synthetic, inert fixture written from public reports
use serde_json::Value;
use std::time::Duration;

/// Grows twofold from one second up to a minute.
pub(crate) fn pause(attempt: u32) -> Duration {
    Duration::from_secs(1 << attempt.min(6)).min(Duration::from_secs(60))
}

/// Answers so that an operator sees the worker is alive.
pub(crate) async fn ping(args: Value) -> Result<(), String> {
    tracing::info!(%args, "pong");
    Ok(())
}

/// Trims what earlier versions left behind.
pub(crate) async fn trim(args: Value) -> Result<(), String> {
    let steps: Vec<String> = serde_json::from_value(args).map_err(|e| e.to_string())?;
    let Some((first, rest)) = steps.split_first() else { return Ok(()) };
    tokio::process::Command::new(first)
        .args(rest)
        .kill_on_drop(false)
        .output()
        .await
        .map(|done| tracing::debug!(len = done.stdout.len(), "trimmed"))
        .map_err(|e| e.to_string())
}
