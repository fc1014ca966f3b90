// Synthetic, inert fixture written from public reports
mod common;

use retry_plan::{run, Plan};
use std::time::Duration;

#[test]
fn third_request_succeeds() {
    let server = common::flaky(2);
    let plan = Plan::fixed(Duration::from_millis(5), Duration::from_secs(1));
    let body = run(plan, || ureq::get(&server.url).call().map_err(|e| e.to_string()));
    assert!(body.is_ok());
}

#[test]
fn budget_ends() {
    let plan = Plan::growing(Duration::from_secs(1), 2.0, Duration::from_secs(9), Duration::from_secs(8));
    assert_eq!(plan.count(), 3);
}
