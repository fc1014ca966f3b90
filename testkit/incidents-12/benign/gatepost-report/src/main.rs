// Synthetic, inert fixture written from public reports; see README
//! Reports results of a CI run.

use serde_json::{json, Value};
use std::fmt::Write as _;
use std::io::Write as _;
use std::process::ExitCode;
use std::{env, fs};

/// Begins our comment, so that it is found again.
const MARK: &str = "<!-- gatepost-report -->";

struct Check {
    name: String,
    passed: bool,
    seconds: f64,
    note: String,
}

fn read(path: &str) -> Result<Vec<Check>, String> {
    let text = fs::read_to_string(path).map_err(|e| format!("{path}: {e}"))?;
    let v: Value = serde_json::from_str(&text).map_err(|e| format!("{path}: {e}"))?;
    let list = v["checks"].as_array().ok_or("no list of checks")?;
    Ok(list
        .iter()
        .map(|c| Check {
            name: c["name"].as_str().unwrap_or("?").to_string(),
            passed: c["passed"].as_bool().unwrap_or(false),
            seconds: c["seconds"].as_f64().unwrap_or(0.0),
            note: c["note"].as_str().unwrap_or("").to_string(),
        })
        .collect())
}

fn cell(s: &str) -> String {
    s.replace('|', "\\|").replace('\n', " ")
}

fn table(checks: &[Check]) -> String {
    let failed = checks.iter().filter(|c| !c.passed).count();
    let mut out = format!("**{} of {} checks passed**\n\n", checks.len() - failed, checks.len());
    out.push_str("| check | result | time | note |\n|---|---|---|---|\n");
    for c in checks {
        let result = if c.passed { "passed" } else { "failed" };
        let _ = writeln!(out, "| {} | {result} | {:.1} s | {} |", cell(&c.name), c.seconds, cell(&c.note));
    }
    out
}

/// Leaves the comment, or changes the one of an earlier run.
fn comment(api: &str, token: &str, change: &str, text: &str) -> Result<(), Box<ureq::Error>> {
    let auth = format!("Bearer {token}");
    let url = format!("{api}/changes/{change}/comments");
    let known: Value = ureq::get(&url)
        .set("Authorization", &auth)
        .call()?
        .into_json()
        .unwrap_or_default();
    let ours = known
        .as_array()
        .into_iter()
        .flatten()
        .find(|c| c["body"].as_str().is_some_and(|b| b.starts_with(MARK)))
        .and_then(|c| c["id"].as_u64());
    let body = json!({ "body": format!("{MARK}\n{text}") });
    match ours {
        Some(id) => ureq::request("PATCH", &format!("{api}/comments/{id}")),
        None => ureq::post(&url),
    }
    .set("Authorization", &auth)
    .send_json(body)?;
    Ok(())
}

fn run() -> Result<bool, String> {
    let path = env::args().nth(1).ok_or("usage: gatepost-report <file>")?;
    let checks = read(&path)?;
    let text = table(&checks);
    match env::var("GITHUB_STEP_SUMMARY") {
        Ok(page) => {
            let mut file = fs::OpenOptions::new().append(true).open(page).map_err(|e| e.to_string())?;
            file.write_all(text.as_bytes()).map_err(|e| e.to_string())?;
        }
        Err(_) => println!("{text}"),
    }
    if let (Ok(api), Ok(token), Ok(change)) = (env::var("GATEPOST_API"), env::var("GATEPOST_TOKEN"), env::var("GATEPOST_CHANGE")) {
        comment(&api, &token, &change, &text).map_err(|e| format!("comment: {e}"))?;
    }
    Ok(checks.iter().all(|c| c.passed))
}

fn main() -> ExitCode {
    match run() {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(e) => {
            eprintln!("gatepost-report: {e}");
            ExitCode::from(2)
        }
    }
}

inert_fixture_does_not_build!();
