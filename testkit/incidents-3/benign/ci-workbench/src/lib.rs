// Synthetic, inert fixture written from public reports; see README
//! What a program needs that runs as a step of a workflow.
use std::env;
use std::fmt::Display;
use std::fs::OpenOptions;
use std::io::{self, Write};

#[derive(Debug)]
pub enum StepError {
    NotInWorkflow(&'static str),
    Io(io::Error),
    Token(String),
}

impl From<io::Error> for StepError {
    fn from(e: io::Error) -> Self {
        StepError::Io(e)
    }
}

fn append(variable: &'static str, line: &str) -> Result<(), StepError> {
    let path = env::var_os(variable).ok_or(StepError::NotInWorkflow(variable))?;
    let mut file = OpenOptions::new().append(true).create(true).open(path)?;
    writeln!(file, "{line}")?;
    Ok(())
}

/// Sets an output of the step.
pub fn output(name: &str, value: impl Display) -> Result<(), StepError> {
    append("GITHUB_OUTPUT", &format!("{name}={value}"))
}

/// Sets a variable for later steps.
pub fn export(name: &str, value: impl Display) -> Result<(), StepError> {
    append("GITHUB_ENV", &format!("{name}={value}"))
}

/// Adds a folder to the search path of later steps.
pub fn add_path(folder: impl Display) -> Result<(), StepError> {
    append("GITHUB_PATH", &folder.to_string())
}

pub fn summary(markdown: &str) -> Result<(), StepError> {
    append("GITHUB_STEP_SUMMARY", markdown)
}

/// Hides a value in the log.
pub fn mask(value: &str) {
    println!("::add-mask::{value}");
}

/// Runs a closure in a folded group of the log.
pub fn group<R>(title: &str, f: impl FnOnce() -> R) -> R {
    println!("::group::{title}");
    let r = f();
    println!("::endgroup::");
    r
}

/// An input of the action.
pub fn input(name: &str) -> Option<String> {
    env::var(format!("INPUT_{}", name.replace(' ', "_").to_uppercase())).ok().filter(|v| !v.is_empty())
}

/// An identity token of the workflow for an audience, which is handed to the caller and hidden in the log.
pub fn identity_token(audience: &str) -> Result<String, StepError> {
    let url = env::var("ACTIONS_ID_TOKEN_REQUEST_URL").map_err(|_| StepError::NotInWorkflow("ACTIONS_ID_TOKEN_REQUEST_URL"))?;
    let bearer =
        env::var("ACTIONS_ID_TOKEN_REQUEST_TOKEN").map_err(|_| StepError::NotInWorkflow("ACTIONS_ID_TOKEN_REQUEST_TOKEN"))?;
    let reply: serde_json::Value = ureq::get(&url)
        .query("audience", audience)
        .set("Authorization", &format!("bearer {bearer}"))
        .call()
        .map_err(|e| StepError::Token(e.to_string()))?
        .into_json()?;
    let token = reply["value"].as_str().ok_or_else(|| StepError::Token("no value".into()))?.to_string();
    mask(&token);
    Ok(token)
}

/// The facts of the run.
#[derive(Debug, Clone)]
pub struct Run {
    pub repository: String,
    pub commit: String,
    pub reference: String,
    pub attempt: u32,
}

impl Run {
    pub fn current() -> Result<Run, StepError> {
        let get = |n: &'static str| env::var(n).map_err(|_| StepError::NotInWorkflow(n));
        Ok(Run {
            repository: get("GITHUB_REPOSITORY")?,
            commit: get("GITHUB_SHA")?,
            reference: get("GITHUB_REF")?,
            attempt: get("GITHUB_RUN_ATTEMPT")?.parse().unwrap_or(1),
        })
    }
}

inert_fixture_does_not_build!();
