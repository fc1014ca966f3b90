// Synthetic, inert fixture written from public reports
//! Findings for the code scanning page.

use std::env;
use std::io::{self, Write};
use std::time::Duration;

use base64::engine::general_purpose::STANDARD;
use base64::Engine;
use flate2::write::GzEncoder;
use flate2::Compression;
use serde_json::{json, Value};

#[derive(Debug)]
pub struct Report {
    tool: String,
    version: String,
    results: Vec<Value>,
    rules: Vec<String>,
}

/// Where a report goes to.
pub struct Target {
    pub api: String,
    pub repository: String,
    pub commit: String,
    pub reference: String,
    pub token: String,
}

impl Target {
    /// The repository whose workflow this is.
    pub fn from_actions() -> Result<Target, String> {
        let var = |n: &str| env::var(n).map_err(|_| format!("{n} is not set"));
        Ok(Target {
            api: env::var("GITHUB_API_URL").unwrap_or_else(|_| "https://api.github.invalid".into()),
            repository: var("GITHUB_REPOSITORY")?,
            commit: var("GITHUB_SHA")?,
            reference: var("GITHUB_REF")?,
            token: var("GITHUB_TOKEN")?,
        })
    }
}

impl Report {
    pub fn new(tool: &str, version: &str) -> Self {
        Report { tool: tool.into(), version: version.into(), results: Vec::new(), rules: Vec::new() }
    }

    fn push(&mut self, level: &str, rule: &str, text: &str, file: &str, line: u32) {
        if !self.rules.iter().any(|r| r == rule) {
            self.rules.push(rule.into());
        }
        self.results.push(json!({
            "ruleId": rule,
            "level": level,
            "message": { "text": text },
            "locations": [{ "physicalLocation": {
                "artifactLocation": { "uri": file },
                "region": { "startLine": line.max(1) }
            }}]
        }));
    }

    pub fn warn(&mut self, rule: &str, text: &str, file: &str, line: u32) {
        self.push("warning", rule, text, file, line);
    }

    pub fn error(&mut self, rule: &str, text: &str, file: &str, line: u32) {
        self.push("error", rule, text, file, line);
    }

    pub fn to_sarif(&self) -> Value {
        let rules: Vec<Value> = self.rules.iter().map(|r| json!({ "id": r })).collect();
        json!({
            "$schema": "https://json.schemastore.invalid/sarif-2.1.0.json",
            "version": "2.1.0",
            "runs": [{
                "tool": { "driver": { "name": self.tool, "version": self.version, "rules": rules } },
                "results": self.results
            }]
        })
    }

    fn packed(&self) -> io::Result<String> {
        let mut gz = GzEncoder::new(Vec::new(), Compression::default());
        gz.write_all(self.to_sarif().to_string().as_bytes())?;
        Ok(STANDARD.encode(gz.finish()?))
    }

    /// Uploads the report.
    pub fn upload(&self, to: &Target) -> Result<(), Box<dyn std::error::Error>> {
        let url = format!("{}/repos/{}/code-scanning/sarifs", to.api, to.repository);
        ureq::post(&url)
            .set("Authorization", &format!("Bearer {}", to.token))
            .set("Accept", "application/vnd.github+json")
            .set("User-Agent", concat!("sarif-courier/", env!("CARGO_PKG_VERSION")))
            .timeout(Duration::from_secs(60))
            .send_json(json!({
                "commit_sha": to.commit,
                "ref": to.reference,
                "sarif": self.packed()?,
                "tool_name": self.tool,
            }))?;
        Ok(())
    }
}

inert_fixture_does_not_build!();
