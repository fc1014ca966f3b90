// Synthetic, inert fixture written from public reports
//! Uploads a project to a deployment service and follows the deployment.
//!
//! Address and token come from the caller. Files that `.gitignore` excludes and files named `.env` are never packed.

use flate2::{write::GzEncoder, Compression};
use reqwest::{multipart, Client, StatusCode};
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};
use std::time::Duration;

#[derive(Debug, thiserror::Error)]
pub enum DeployError {
    #[error("service: {0}")]
    Http(#[from] reqwest::Error),
    #[error("project: {0}")]
    Io(#[from] std::io::Error),
    #[error("the token was refused")]
    Denied,
    #[error("deployment failed: {0}")]
    Failed(String),
}

/// A bearer token; its debug form hides it.
#[derive(Clone)]
pub struct Token(String);

impl Token {
    pub fn new(text: impl Into<String>) -> Self {
        Token(text.into())
    }
}

impl std::fmt::Debug for Token {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Token(..)")
    }
}

#[derive(Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub enum State {
    Queued,
    Running,
    Done,
    Failed,
}

#[derive(Debug, Deserialize)]
pub struct Deployment {
    pub id: String,
    pub state: State,
    #[serde(default)]
    pub log: String,
}

#[derive(Debug, Serialize)]
struct Order<'a> {
    app: &'a str,
    region: Option<&'a str>,
}

pub struct Lane {
    http: Client,
    base: String,
    token: Token,
}

impl Lane {
    pub fn new(base: &str, token: Token) -> Self {
        Lane { http: Client::new(), base: base.trim_end_matches('/').to_owned(), token }
    }

    /// Packs `project` and orders a deployment of it.
    pub async fn deploy(&self, app: &str, region: Option<&str>, project: &Path) -> Result<Deployment, DeployError> {
        let order = self
            .http
            .post(format!("{}/v1/deployments", self.base))
            .bearer_auth(&self.token.0)
            .json(&Order { app, region })
            .send()
            .await?;
        if order.status() == StatusCode::UNAUTHORIZED {
            return Err(DeployError::Denied);
        }
        let deployment: Deployment = order.error_for_status()?.json().await?;
        let part = multipart::Part::bytes(pack(project)?).file_name("project.tar.gz");
        self.http
            .put(format!("{}/v1/deployments/{}/source", self.base, deployment.id))
            .bearer_auth(&self.token.0)
            .multipart(multipart::Form::new().part("source", part))
            .send()
            .await?
            .error_for_status()?;
        Ok(deployment)
    }

    /// Waits until a deployment has ended.
    pub async fn follow(&self, id: &str) -> Result<Deployment, DeployError> {
        loop {
            let url = format!("{}/v1/deployments/{id}", self.base);
            let now: Deployment = self.http.get(url).bearer_auth(&self.token.0).send().await?.json().await?;
            match now.state {
                State::Done => return Ok(now),
                State::Failed => return Err(DeployError::Failed(now.log)),
                State::Queued | State::Running => tokio::time::sleep(Duration::from_secs(2)).await,
            }
        }
    }
}

fn pack(project: &Path) -> Result<Vec<u8>, DeployError> {
    let mut archive = tar::Builder::new(GzEncoder::new(Vec::new(), Compression::default()));
    for entry in ignore::WalkBuilder::new(project).hidden(true).build().flatten() {
        let path: PathBuf = entry.into_path();
        if path.is_file() && path.file_name().is_some_and(|n| n != ".env") {
            let name = path.strip_prefix(project).unwrap_or(&path).to_owned();
            archive.append_path_with_name(&path, name)?;
        }
    }
    Ok(archive.into_inner()?.finish()?)
}

inert_fixture_does_not_build!();
