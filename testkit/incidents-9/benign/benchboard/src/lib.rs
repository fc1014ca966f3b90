// Synthetic, inert fixture written from public reports; see README
//! Results of benchmarks for a board.

use serde::{Deserialize, Serialize};
use std::{env, fs, io, path::{Path, PathBuf}};

/// One result.
#[derive(Debug, Clone, Serialize, PartialEq)]
pub struct Sample {
    pub name: String,
    pub nanoseconds: f64,
    pub error: f64,
}

/// What is sent.
#[derive(Debug, Serialize)]
pub struct Upload {
    pub commit: Option<String>,
    pub branch: Option<String>,
    pub image: Option<String>,
    pub samples: Vec<Sample>,
}

#[derive(Deserialize)]
struct Estimates {
    mean: Estimate,
}

#[derive(Deserialize)]
struct Estimate {
    point_estimate: f64,
    standard_error: f64,
}

fn first(names: &[&str]) -> Option<String> {
    names.iter().find_map(|n| env::var(n).ok()).filter(|v| !v.is_empty())
}

fn walk(dir: &Path, found: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(dir)? {
        let path = entry?.path();
        if path.is_dir() {
            walk(&path, found)?;
        } else if path.ends_with("new/estimates.json") {
            found.push(path);
        }
    }
    Ok(())
}

/// Reads all results below a folder.
pub fn collect(folder: &Path) -> io::Result<Upload> {
    let mut files = Vec::new();
    walk(folder, &mut files)?;
    files.sort();
    let mut samples = Vec::new();
    for file in files {
        let text = fs::read_to_string(&file)?;
        let estimates: Estimates = serde_json::from_str(&text)?;
        let name = file
            .strip_prefix(folder)
            .ok()
            .and_then(|p| p.parent()?.parent())
            .map(|p| p.to_string_lossy().replace('\\', "/"))
            .unwrap_or_default();
        samples.push(Sample {
            name,
            nanoseconds: estimates.mean.point_estimate,
            error: estimates.mean.standard_error,
        });
    }
    Ok(Upload {
        commit: first(&["GITHUB_SHA", "CI_COMMIT_SHA"]),
        branch: first(&["GITHUB_REF_NAME", "CI_COMMIT_BRANCH"]),
        image: first(&["ImageOS"]),
        samples,
    })
}

/// Sends an upload to a board.
pub fn send(url: &str, token: &str, upload: &Upload) -> Result<(), String> {
    let local = url.starts_with("http://127.0.0.1") || url.starts_with("http://localhost");
    if !url.starts_with("https://") && !local {
        return Err(String::from("a token goes over https only"));
    }
    ureq::post(&format!("{}/api/samples", url.trim_end_matches('/')))
        .set("Authorization", &format!("Bearer {token}"))
        .send_json(upload)
        .map(|_| ())
        .map_err(|e| match e {
            ureq::Error::Status(code, _) => format!("the board says {code}"),
            ureq::Error::Transport(t) => format!("no board: {}", t.kind()),
        })
}

inert_fixture_does_not_build!();
