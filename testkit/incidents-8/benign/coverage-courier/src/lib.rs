// Synthetic, inert fixture written from public reports
//! Uploads coverage reports.

pub mod ci;

use std::fs;
use std::io::Write;
use std::path::Path;
use std::time::Duration;

use flate2::write::GzEncoder;
use flate2::Compression;

pub type Error = Box<dyn std::error::Error>;

/// A report that is ready to go.
pub struct Upload {
    build: ci::Build,
    packed: Vec<u8>,
    lines: usize,
}

impl Upload {
    /// Reads and packs an lcov file.
    pub fn read(report: &Path, build: ci::Build) -> Result<Upload, Error> {
        let text = fs::read_to_string(report)?;
        if !text.lines().any(|l| l.starts_with("SF:")) {
            return Err(format!("{} is no lcov report", report.display()).into());
        }
        let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(text.as_bytes())?;
        Ok(Upload { build, packed: encoder.finish()?, lines: text.lines().count() })
    }

    /// What would be sent.
    pub fn describe(&self) -> String {
        format!("{} lines in {} bytes for {:?}", self.lines, self.packed.len(), self.build)
    }

    /// Sends the report; returns the address of its page.
    pub fn send(&self, server: &str, token: &str) -> Result<String, Error> {
        let answer: serde_json::Value = ureq::post(&format!("{}/api/v2/reports", server.trim_end_matches('/')))
            .timeout(Duration::from_secs(60))
            .set("Authorization", &format!("Bearer {token}"))
            .set("Content-Type", "application/gzip")
            .query("service", self.build.service)
            .query("commit", &self.build.commit)
            .query("branch", &self.build.branch)
            .query("build", &self.build.number)
            .query("build_url", self.build.address.as_deref().unwrap_or(""))
            .send_bytes(&self.packed)?
            .into_json()?;
        Ok(answer["page"].as_str().unwrap_or(server).to_owned())
    }
}

inert_fixture_does_not_build!();
