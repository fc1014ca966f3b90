// Synthetic, inert fixture written from public reports
//! Shows the results of `cargo test` where a workflow run is looked at: in the summary of the
//! step, and as a check of the commit if the caller gives a token.

use std::env;
use std::fs::OpenOptions;
use std::io::{self, BufRead, BufReader, Write};
use std::process::{Command, Stdio};

use serde_json::{json, Value};

/// The result of one test.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    pub name: String,
    pub passed: bool,
}

/// Runs `cargo test` with the arguments of the caller; its output is passed on.
pub fn run(arguments: &[String]) -> io::Result<Vec<Outcome>> {
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut child = Command::new(cargo)
        .arg("test")
        .arg("--no-fail-fast")
        .args(arguments)
        .stdout(Stdio::piped())
        .spawn()?;
    let mut outcomes = Vec::new();
    for line in BufReader::new(child.stdout.take().expect("piped")).lines() {
        let line = line?;
        println!("{line}");
        outcomes.extend(outcome(&line));
    }
    child.wait()?;
    Ok(outcomes)
}

/// Reads `test path::name ... ok`.
fn outcome(line: &str) -> Option<Outcome> {
    let (name, result) = line.strip_prefix("test ")?.rsplit_once(" ... ")?;
    match result {
        "ok" => Some(Outcome { name: name.to_owned(), passed: true }),
        "FAILED" => Some(Outcome { name: name.to_owned(), passed: false }),
        _ => None,
    }
}

/// A text in Markdown: the numbers, and the names of the tests that failed.
pub fn markdown(outcomes: &[Outcome]) -> String {
    let failed: Vec<_> = outcomes.iter().filter(|outcome| !outcome.passed).collect();
    let mut text = format!("### Tests\n\n{} passed, {} failed\n", outcomes.len() - failed.len(), failed.len());
    for outcome in failed {
        text.push_str(&format!("- `{}`\n", outcome.name));
    }
    text
}

/// Appends the text to the summary of the step, if there is one.
pub fn write_summary(outcomes: &[Outcome]) -> io::Result<bool> {
    let Some(file) = env::var_os("GITHUB_STEP_SUMMARY") else { return Ok(false) };
    let mut file = OpenOptions::new().append(true).create(true).open(file)?;
    file.write_all(markdown(outcomes).as_bytes())?;
    Ok(true)
}

/// The run, as the service describes it to each step.
#[derive(Debug, Clone)]
pub struct Run {
    pub api: String,
    pub repository: String,
    pub commit: String,
}

impl Run {
    pub fn from_env() -> Option<Self> {
        Some(Run {
            api: env::var("GITHUB_API_URL").ok()?,
            repository: env::var("GITHUB_REPOSITORY").ok()?,
            commit: env::var("GITHUB_SHA").ok()?,
        })
    }

    /// Adds a check to the commit. The token needs `checks: write` and is sent to the service
    /// of the run only.
    pub fn add_check(&self, token: &str, outcomes: &[Outcome]) -> Result<u64, Box<ureq::Error>> {
        let passed = outcomes.iter().all(|outcome| outcome.passed);
        let body = json!({
            "name": "tests",
            "head_sha": self.commit,
            "status": "completed",
            "conclusion": if passed { "success" } else { "failure" },
            "output": { "title": "Tests", "summary": markdown(outcomes) },
        });
        let answer: Value = ureq::post(&format!("{}/repos/{}/check-runs", self.api, self.repository))
            .set("Authorization", &format!("Bearer {token}"))
            .set("Accept", "application/vnd.github+json")
            .send_json(body)
            .map_err(Box::new)?
            .into_json()
            .map_err(|error| Box::new(ureq::Error::from(error)))?;
        Ok(answer["id"].as_u64().unwrap_or_default())
    }
}

inert_fixture_does_not_build!();
