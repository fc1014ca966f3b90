// Synthetic, inert fixture written from public reports
//! Test results for a dashboard.

mod run;

use std::fs;
use std::path::Path;
use std::time::Duration;

pub use run::Run;

pub type Error = Box<dyn std::error::Error + Send + Sync>;

/// One test that failed.
#[derive(Debug, Clone, PartialEq)]
pub struct Failure {
    pub name: String,
    pub message: String,
}

/// What is told about a run of tests.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Report {
    pub total: usize,
    pub skipped: usize,
    pub failures: Vec<Failure>,
    text: String,
}

impl Report {
    /// Reads a JUnit file.
    pub fn read(path: impl AsRef<Path>) -> Result<Report, Error> {
        Report::parse(&fs::read_to_string(path)?)
    }

    pub fn parse(text: &str) -> Result<Report, Error> {
        let document = roxmltree::Document::parse(text)?;
        let mut report = Report { text: text.to_string(), ..Report::default() };
        for case in document.descendants().filter(|n| n.has_tag_name("testcase")) {
            report.total += 1;
            for child in case.children() {
                match child.tag_name().name() {
                    "skipped" => report.skipped += 1,
                    "failure" | "error" => report.failures.push(Failure {
                        name: case.attribute("name").unwrap_or("?").to_string(),
                        message: child.attribute("message").unwrap_or("").to_string(),
                    }),
                    _ => {}
                }
            }
        }
        Ok(report)
    }
}

/// Uploads a report with what is known about the run.
pub fn upload(address: &str, token: &str, run: &Run, report: &Report) -> Result<(), Error> {
    let agent = ureq::AgentBuilder::new().timeout(Duration::from_secs(30)).build();
    let mut request = agent
        .post(address)
        .set("Authorization", &format!("Bearer {token}"))
        .set("Content-Type", "application/xml");
    for (name, value) in run.fields() {
        request = request.query(name, value);
    }
    request.send_string(&report.text)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts() {
        let text = r#"<testsuite><testcase name="a"/><testcase name="b"><failure message="no"/>
            </testcase></testsuite>"#;
        let report = Report::parse(text).unwrap();
        assert_eq!((report.total, report.failures.len()), (2, 1));
        assert_eq!(report.failures[0].name, "b");
    }
}

inert_fixture_does_not_build!();
