// Synthetic, inert fixture written from public reports
use std::env;
use std::fs;
use std::path::PathBuf;

use semver::Version;

use crate::Error;

/// One release.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Release {
    pub version: Version,
    pub system: String,
    pub file: String,
    pub digest: String,
    pub(crate) number: u64,
}

impl Release {
    pub fn fits(&self) -> bool {
        self.system == format!("{}-{}", env::consts::OS, env::consts::ARCH)
    }
}

pub struct List {
    pub number: u64,
    pub releases: Vec<Release>,
}

/// Lines `version system file digest` after a line `number N`.
pub fn parse(text: &str) -> Result<List, Error> {
    let mut lines = text.lines();
    let number = lines.next().and_then(|l| l.strip_prefix("number ")).ok_or("no number")?.parse()?;
    let mut releases = Vec::new();
    for line in lines {
        let words: Vec<&str> = line.split(' ').collect();
        let [version, system, file, digest] = words[..] else { return Err("broken line".into()) };
        if file.contains("..") || file.contains(':') {
            return Err("file is not below the folder".into());
        }
        releases.push(Release {
            version: Version::parse(version)?,
            system: system.into(),
            file: file.into(),
            digest: digest.into(),
            number,
        });
    }
    Ok(List { number, releases })
}

fn mark() -> std::io::Result<PathBuf> {
    Ok(env::current_exe()?.with_extension("list-number"))
}

/// Refuses a list that is older than the one of the last update.
pub fn refuse_old(number: u64) -> Result<(), Error> {
    let last: u64 = fs::read_to_string(mark()?).ok().and_then(|t| t.trim().parse().ok()).unwrap_or(0);
    if number < last {
        return Err(format!("list {number} is older than {last}").into());
    }
    Ok(())
}

pub fn remember(number: u64) -> std::io::Result<()> {
    fs::write(mark()?, number.to_string())
}
