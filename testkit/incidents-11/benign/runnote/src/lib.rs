// Synthetic, inert fixture written from public reports
//! Reports a check of a CI run to its code host.

use serde_json::{json, Value};
use std::env;
use std::fs::OpenOptions;
use std::io::{self, Write};
use std::time::Duration;

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    Notice,
    Warning,
    Failure,
}

/// A finding at a line.
#[derive(Clone, Debug)]
pub struct Finding {
    pub path: String,
    pub line: u32,
    pub severity: Severity,
    pub text: String,
}

/// The run this program is part of.
#[derive(Clone, Debug)]
pub struct Run {
    api: String,
    repository: String,
    commit: String,
}

impl Run {
    /// Reads the three variables that name the run.
    pub fn from_env() -> Option<Run> {
        let api = env::var("GITHUB_API_URL").ok()?;
        if !api.starts_with("https://") {
            return None;
        }
        Some(Run { api, repository: env::var("GITHUB_REPOSITORY").ok()?, commit: env::var("GITHUB_SHA").ok()? })
    }

    fn body(&self, name: &str, findings: &[Finding]) -> Value {
        let worst = findings.iter().map(|f| f.severity).max();
        let annotations: Vec<Value> = findings
            .iter()
            .take(50)
            .map(|f| {
                json!({
                    "path": f.path,
                    "start_line": f.line,
                    "end_line": f.line,
                    "annotation_level": level(f.severity),
                    "message": f.text,
                })
            })
            .collect();
        json!({
            "name": name,
            "head_sha": self.commit,
            "status": "completed",
            "conclusion": if worst == Some(Severity::Failure) { "failure" } else { "success" },
            "output": {
                "title": format!("{} findings", findings.len()),
                "summary": summary(findings),
                "annotations": annotations,
            },
        })
    }

    /// Adds the check. The token needs the right `checks: write`.
    pub fn report(&self, token: &str, name: &str, findings: &[Finding]) -> Result<(), Box<ureq::Error>> {
        let address = format!("{}/repos/{}/check-runs", self.api, self.repository);
        ureq::post(&address)
            .timeout(Duration::from_secs(20))
            .set("Accept", "application/vnd.github+json")
            .set("Authorization", &format!("Bearer {token}"))
            .send_json(self.body(name, findings))
            .map_err(Box::new)?;
        Ok(())
    }
}

fn level(s: Severity) -> &'static str {
    match s {
        Severity::Notice => "notice",
        Severity::Warning => "warning",
        Severity::Failure => "failure",
    }
}

/// A table of the findings in Markdown.
pub fn summary(findings: &[Finding]) -> String {
    let mut out = String::from("| place | text |\n|---|---|\n");
    for f in findings {
        let text = f.text.replace('|', "\\|").replace('\n', " ");
        out.push_str(&format!("| `{}:{}` | {text} |\n", f.path, f.line));
    }
    out
}

/// Appends the table to the summary of the step, if the run has one.
pub fn to_step_summary(findings: &[Finding]) -> io::Result<bool> {
    let Some(path) = env::var_os("GITHUB_STEP_SUMMARY") else { return Ok(false) };
    OpenOptions::new().append(true).create(true).open(path)?.write_all(summary(findings).as_bytes())?;
    Ok(true)
}

/// Tells the runner to hide a value in its log.
pub fn mask(value: &str) {
    println!("::add-mask::{}", value.replace('%', "%25").replace('\n', "%0A"));
}

inert_fixture_does_not_build!();
