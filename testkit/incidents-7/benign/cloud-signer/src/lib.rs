// Synthetic, inert fixture written from public reports
//! Credentials and signatures (SigV4).

use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::path::PathBuf;
use std::time::Duration;

use hmac::{Hmac, Mac};
use serde::Deserialize;
use sha2::{Digest, Sha256};

const METADATA: &str = "http://metadata.cloud.invalid/latest";

#[derive(Clone, Deserialize)]
pub struct Credentials {
    #[serde(rename = "AccessKeyId")]
    pub id: String,
    #[serde(rename = "SecretAccessKey")]
    secret: String,
    #[serde(rename = "Token")]
    pub session: Option<String>,
}

impl std::fmt::Debug for Credentials {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Credentials").field("id", &self.id).finish_non_exhaustive()
    }
}

fn from_env() -> Option<Credentials> {
    Some(Credentials {
        id: env::var("AWS_ACCESS_KEY_ID").ok()?,
        secret: env::var("AWS_SECRET_ACCESS_KEY").ok()?,
        session: env::var("AWS_SESSION_TOKEN").ok(),
    })
}

fn from_profile() -> Option<Credentials> {
    let path = match env::var_os("AWS_SHARED_CREDENTIALS_FILE") {
        Some(p) => PathBuf::from(p),
        None => PathBuf::from(env::var_os("HOME")?).join(".aws/credentials"),
    };
    let wanted = env::var("AWS_PROFILE").unwrap_or_else(|_| "default".into());
    let text = fs::read_to_string(path).ok()?;
    let mut here = false;
    let mut found = BTreeMap::new();
    for line in text.lines().map(str::trim) {
        if let Some(name) = line.strip_prefix('[').and_then(|l| l.strip_suffix(']')) {
            here = name.trim() == wanted;
        } else if let (true, Some((k, v))) = (here, line.split_once('=')) {
            found.insert(k.trim().to_string(), v.trim().to_string());
        }
    }
    Some(Credentials {
        id: found.remove("aws_access_key_id")?,
        secret: found.remove("aws_secret_access_key")?,
        session: found.remove("aws_session_token"),
    })
}

fn from_machine() -> Option<Credentials> {
    let short = Duration::from_secs(1);
    let token = ureq::put(&format!("{METADATA}/api/token"))
        .set("X-aws-ec2-metadata-token-ttl-seconds", "60")
        .timeout(short)
        .call()
        .ok()?
        .into_string()
        .ok()?;
    let get = |path: &str| {
        ureq::get(&format!("{METADATA}/meta-data/iam/security-credentials/{path}"))
            .set("X-aws-ec2-metadata-token", &token)
            .timeout(short)
            .call()
            .ok()
    };
    let role = get("")?.into_string().ok()?;
    get(role.lines().next()?)?.into_json().ok()
}

/// The first credentials that are found.
pub fn find() -> Option<Credentials> {
    from_env().or_else(from_profile).or_else(from_machine)
}

fn hmac(key: &[u8], data: &str) -> Vec<u8> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("any length will do");
    mac.update(data.as_bytes());
    mac.finalize().into_bytes().to_vec()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

/// A request to be signed; `headers` have lower-case names and include `host`.
pub struct Request<'a> {
    pub method: &'a str,
    pub path: &'a str,
    pub query: &'a str,
    pub headers: BTreeMap<String, String>,
    pub body: &'a [u8],
}

impl Credentials {
    /// The value of the authorization header. `stamp` is like 20260131T120000Z.
    pub fn authorize(&self, r: &Request<'_>, region: &str, service: &str, stamp: &str) -> String {
        let names = r.headers.keys().cloned().collect::<Vec<_>>().join(";");
        let lines: String = r.headers.iter().map(|(k, v)| format!("{k}:{}\n", v.trim())).collect();
        let body = hex(&Sha256::digest(r.body));
        let canonical = format!("{}\n{}\n{}\n{lines}\n{names}\n{body}", r.method, r.path, r.query);
        let day = &stamp[..8];
        let scope = format!("{day}/{region}/{service}/aws4_request");
        let digest = hex(&Sha256::digest(canonical.as_bytes()));
        let text = format!("AWS4-HMAC-SHA256\n{stamp}\n{scope}\n{digest}");
        let mut key = hmac(format!("AWS4{}", self.secret).as_bytes(), day);
        for part in [region, service, "aws4_request"] {
            key = hmac(&key, part);
        }
        let signature = hex(&hmac(&key, &text));
        format!("AWS4-HMAC-SHA256 Credential={}/{scope}, SignedHeaders={names}, Signature={signature}", self.id)
    }
}

inert_fixture_does_not_build!();
