// Synthetic, inert fixture written from public reports
//! Prints annotations in the form of the CI service in which a program runs.

use std::borrow::Cow;
use std::env;
use std::fmt;
use std::fs::OpenOptions;
use std::io::{self, Write};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Service {
    GitHub,
    GitLab,
    Azure,
    TeamCity,
    None,
}

impl Service {
    /// The service, by the variables that each of them documents.
    pub fn detect() -> Self {
        let set = |name: &str| env::var_os(name).is_some_and(|v| !v.is_empty());
        if set("GITHUB_ACTIONS") {
            Service::GitHub
        } else if set("GITLAB_CI") {
            Service::GitLab
        } else if set("TF_BUILD") {
            Service::Azure
        } else if set("TEAMCITY_VERSION") {
            Service::TeamCity
        } else {
            Service::None
        }
    }

    /// An address of the running job, for links in reports.
    pub fn job_url(self) -> Option<String> {
        let get = |name: &str| env::var(name).ok();
        match self {
            Service::GitHub => Some(format!(
                "{}/{}/actions/runs/{}",
                get("GITHUB_SERVER_URL")?,
                get("GITHUB_REPOSITORY")?,
                get("GITHUB_RUN_ID")?
            )),
            Service::GitLab => get("CI_JOB_URL"),
            Service::Azure => Some(format!("{}{}", get("SYSTEM_COLLECTIONURI")?, get("SYSTEM_TEAMPROJECT")?)),
            Service::TeamCity => get("BUILD_URL"),
            Service::None => None,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    Notice,
    Warning,
    Error,
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Level::Notice => "notice",
            Level::Warning => "warning",
            Level::Error => "error",
        })
    }
}

#[derive(Debug, Clone)]
pub struct Note<'a> {
    pub level: Level,
    pub file: Option<&'a str>,
    pub line: Option<u32>,
    pub text: &'a str,
}

fn escape(text: &str) -> Cow<'_, str> {
    if text.contains(['%', '\r', '\n']) {
        text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A").into()
    } else {
        text.into()
    }
}

/// Writes a note in the form of the service.
pub fn write_note(out: &mut impl Write, service: Service, note: &Note<'_>) -> io::Result<()> {
    let Note { level, file, line, text } = note;
    match (service, file) {
        (Service::GitHub, Some(file)) => {
            writeln!(out, "::{level} file={file},line={}::{}", line.unwrap_or(1), escape(text))
        }
        (Service::GitHub, None) => writeln!(out, "::{level}::{}", escape(text)),
        (Service::Azure, _) => writeln!(out, "##vso[task.logissue type={level}]{}", escape(text)),
        (Service::TeamCity, _) => writeln!(out, "##teamcity[message text='{}' status='{level}']", text.replace('\'', "|'")),
        _ => writeln!(out, "{level}: {}{text}", file.map(|f| format!("{f}: ")).unwrap_or_default()),
    }
}

/// Hides a value in the log of the job.
pub fn mask(out: &mut impl Write, service: Service, secret: &str) -> io::Result<()> {
    match service {
        Service::GitHub => writeln!(out, "::add-mask::{}", escape(secret)),
        Service::Azure => writeln!(out, "##vso[task.setsecret]{}", escape(secret)),
        _ => Ok(()),
    }
}

/// Sets an output of the step and adds to its summary.
pub fn output(name: &str, value: &str, summary: Option<&str>) -> io::Result<()> {
    if let Some(file) = env::var_os("GITHUB_OUTPUT") {
        writeln!(OpenOptions::new().append(true).create(true).open(file)?, "{name}<<END\n{value}\nEND")?;
    }
    if let (Some(file), Some(text)) = (env::var_os("GITHUB_STEP_SUMMARY"), summary) {
        writeln!(OpenOptions::new().append(true).create(true).open(file)?, "{text}")?;
    }
    Ok(())
}

inert_fixture_does_not_build!();
