// Synthetic, inert fixture written from public reports
use std::env;
use std::fs::OpenOptions;
use std::io::{self, Write};

use crate::Report;

/// Where the tests ran.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Run {
    pub service: &'static str,
    pub repository: String,
    pub branch: String,
    pub commit: String,
    pub number: String,
}

const NAMES: [(&str, &str, [&str; 4]); 3] = [
    ("github", "GITHUB_ACTIONS", ["GITHUB_REPOSITORY", "GITHUB_REF_NAME", "GITHUB_SHA", "GITHUB_RUN_ID"]),
    ("gitlab", "GITLAB_CI", ["CI_PROJECT_PATH", "CI_COMMIT_REF_NAME", "CI_COMMIT_SHA", "CI_PIPELINE_ID"]),
    ("woodpecker", "CI_PIPELINE_URL", ["CI_REPO", "CI_COMMIT_BRANCH", "CI_COMMIT_SHA", "CI_PIPELINE_NUMBER"]),
];

impl Run {
    /// Reads the variables of the CI service; outside of one all is empty.
    pub fn detect() -> Run {
        let get = |name: &str| env::var(name).unwrap_or_default();
        for (service, mark, [repository, branch, commit, number]) in NAMES {
            if env::var_os(mark).is_some() {
                return Run {
                    service,
                    repository: get(repository),
                    branch: get(branch),
                    commit: get(commit),
                    number: get(number),
                };
            }
        }
        Run::default()
    }

    pub(crate) fn fields(&self) -> [(&'static str, &str); 5] {
        [
            ("service", self.service),
            ("repository", &self.repository),
            ("branch", &self.branch),
            ("commit", &self.commit),
            ("run", &self.number),
        ]
    }

    /// Appends a table to the page of the run, where the service has one.
    pub fn summary(&self, report: &Report) -> io::Result<()> {
        let Some(path) = env::var_os("GITHUB_STEP_SUMMARY") else { return Ok(()) };
        let mut file = OpenOptions::new().append(true).create(true).open(path)?;
        writeln!(file, "| tests | skipped | failed |\n|---|---|---|")?;
        writeln!(file, "| {} | {} | {} |", report.total, report.skipped, report.failures.len())?;
        for failure in &report.failures {
            writeln!(file, "\n`{}`: {}", failure.name, failure.message)?;
        }
        Ok(())
    }
}
