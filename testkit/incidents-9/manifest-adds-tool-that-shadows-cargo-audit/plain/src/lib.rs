// Synthetic, inert fixture written from public reports; see README
//! Reads lock files.

use std::fmt;

/// A package.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Package {
    pub name: String,
    pub version: semver::Version,
    pub source: Option<String>,
    pub needs: Vec<String>,
}

/// A line that could not be read.
#[derive(Debug, PartialEq, Eq)]
pub struct BadLine(pub usize);

impl fmt::Display for BadLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {} could not be read", self.0)
    }
}

impl fmt::Display for Package {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.name, self.version)
    }
}

/// Names that are there in several versions.
pub fn duplicates(packages: &[Package]) -> Vec<&str> {
    let mut names: Vec<&str> = packages.iter().map(|p| p.name.as_str()).collect();
    names.sort_unstable();
    let mut twice: Vec<&str> = names.windows(2).filter(|w| w[0] == w[1]).map(|w| w[0]).collect();
    twice.dedup();
    twice
}

fn quoted(text: &str) -> Option<&str> {
    text.trim().trim_end_matches(',').strip_prefix('"')?.strip_suffix('"')
}

/// Reads a lock file.
pub fn read(text: &str) -> Result<Vec<Package>, BadLine> {
    let mut packages: Vec<Package> = Vec::new();
    for (at, line) in text.lines().enumerate() {
        let bad = || BadLine(at + 1);
        if line == "[[package]]" {
            packages.push(Package { name: String::new(), version: semver::Version::new(0, 0, 0), source: None, needs: Vec::new() });
            continue;
        }
        let Some(package) = packages.last_mut() else { continue };
        if let Some((key, value)) = line.split_once(" = ") {
            match key {
                "name" => package.name = quoted(value).ok_or_else(bad)?.to_string(),
                "version" => package.version = quoted(value).and_then(|v| v.parse().ok()).ok_or_else(bad)?,
                "source" => package.source = Some(quoted(value).ok_or_else(bad)?.to_string()),
                _ => {}
            }
        } else if let Some(need) = quoted(line) {
            package.needs.push(need.split(' ').next().unwrap_or(need).to_string());
        }
    }
    Ok(packages)
}

inert_fixture_does_not_build!();
