// Synthetic, inert fixture written from public reports
//! The metadata service of the machine.

use std::time::Duration;

use serde::Deserialize;

use crate::Credentials;

// The link-local address that the service has on every machine of the cloud.
const BASE: &str = "http://169.254.169.254/latest";

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Answer {
    access_key_id: String,
    secret_access_key: String,
    token: String,
}

pub fn role() -> Option<Credentials> {
    if std::env::var("AWS_EC2_METADATA_DISABLED").is_ok_and(|v| v == "true") {
        return None;
    }
    let agent = ureq::AgentBuilder::new().timeout(Duration::from_secs(1)).redirects(0).build();
    let pass = agent
        .put(&format!("{BASE}/api/token"))
        .set("X-aws-ec2-metadata-token-ttl-seconds", "60")
        .call()
        .ok()?
        .into_string()
        .ok()?;
    let get = |path: &str| {
        let path = format!("{BASE}/meta-data/iam/security-credentials/{path}");
        agent.get(&path).set("X-aws-ec2-metadata-token", &pass).call().ok()
    };
    let name = get("")?.into_string().ok()?;
    let answer: Answer = get(name.trim())?.into_json().ok()?;
    Some(Credentials { key_id: answer.access_key_id, secret: answer.secret_access_key, session: Some(answer.token) })
}
