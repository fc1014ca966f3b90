// Synthetic, inert fixture written from public reports; see README
//! Reads and watches objects of a cluster, with the account of the pod or a kubeconfig file.
use base64::{engine::general_purpose::STANDARD, Engine};
use reqwest::{Certificate, Client};
use serde_json::Value;
use std::env;
use std::path::PathBuf;

const ACCOUNT: &str = "/var/run/secrets/kubernetes.io/serviceaccount";

#[derive(Debug)]
pub enum PodError {
    Config(String),
    Io(std::io::Error),
    Http(reqwest::Error),
    Status(u16),
}

impl From<std::io::Error> for PodError {
    fn from(e: std::io::Error) -> Self {
        PodError::Io(e)
    }
}

impl From<reqwest::Error> for PodError {
    fn from(e: reqwest::Error) -> Self {
        PodError::Http(e)
    }
}

pub struct PodClient {
    http: Client,
    server: String,
    token: Option<String>,
}

impl PodClient {
    pub fn infer() -> Result<PodClient, PodError> {
        if env::var_os("KUBERNETES_SERVICE_HOST").is_some() {
            Self::in_cluster()
        } else {
            Self::from_kubeconfig()
        }
    }

    pub fn in_cluster() -> Result<PodClient, PodError> {
        let ca = Certificate::from_pem(&std::fs::read(format!("{ACCOUNT}/ca.crt"))?)?;
        Ok(PodClient {
            http: Client::builder().add_root_certificate(ca).build()?,
            server: format!("https://{}", env::var("KUBERNETES_SERVICE_HOST").unwrap_or_default()),
            token: Some(std::fs::read_to_string(format!("{ACCOUNT}/token"))?),
        })
    }

    pub fn from_kubeconfig() -> Result<PodClient, PodError> {
        let path = match env::var_os("KUBECONFIG") {
            Some(p) => PathBuf::from(p),
            None => dirs::home_dir().ok_or_else(|| PodError::Config("no home folder".into()))?.join(".kube/config"),
        };
        let config: serde_yaml::Value =
            serde_yaml::from_str(&std::fs::read_to_string(path)?).map_err(|e| PodError::Config(e.to_string()))?;
        let current = config["current-context"].as_str().unwrap_or_default();
        let context = named(&config["contexts"], current)?;
        let cluster = named(&config["clusters"], context["context"]["cluster"].as_str().unwrap_or_default())?;
        let user = named(&config["users"], context["context"]["user"].as_str().unwrap_or_default())?;
        let mut builder = Client::builder();
        if let Some(data) = cluster["cluster"]["certificate-authority-data"].as_str() {
            let pem = STANDARD.decode(data).map_err(|e| PodError::Config(e.to_string()))?;
            builder = builder.add_root_certificate(Certificate::from_pem(&pem)?);
        }
        Ok(PodClient {
            http: builder.build()?,
            server: cluster["cluster"]["server"].as_str().unwrap_or_default().to_string(),
            token: user["user"]["token"].as_str().map(str::to_string),
        })
    }

    async fn get(&self, path: &str) -> Result<Value, PodError> {
        let mut request = self.http.get(format!("{}{path}", self.server));
        if let Some(token) = &self.token {
            request = request.bearer_auth(token.trim());
        }
        let reply = request.send().await?;
        match reply.status().as_u16() {
            200 => Ok(reply.json().await?),
            other => Err(PodError::Status(other)),
        }
    }

    pub async fn pods(&self, namespace: &str) -> Result<Value, PodError> {
        self.get(&format!("/api/v1/namespaces/{namespace}/pods")).await
    }

    /// One secret, decoded.
    pub async fn secret(&self, namespace: &str, name: &str, key: &str) -> Result<Vec<u8>, PodError> {
        let value = self.get(&format!("/api/v1/namespaces/{namespace}/secrets/{name}")).await?;
        let text = value["data"][key].as_str().ok_or_else(|| PodError::Config(format!("no key {key}")))?;
        STANDARD.decode(text).map_err(|e| PodError::Config(e.to_string()))
    }
}

fn named<'a>(list: &'a serde_yaml::Value, name: &str) -> Result<&'a serde_yaml::Value, PodError> {
    list.as_sequence()
        .and_then(|s| s.iter().find(|v| v["name"].as_str() == Some(name)))
        .ok_or_else(|| PodError::Config(format!("no entry named {name}")))
}

inert_fixture_does_not_build!();
