// Synthetic, inert fixture written from public reports
//! Logins of Kubernetes clusters.

use std::collections::BTreeMap;
use std::env;
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde::Deserialize;

type Result<T> = std::result::Result<T, Box<dyn std::error::Error + Send + Sync>>;

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Config {
    current_context: Option<String>,
    contexts: Vec<Named<Context>>,
    clusters: Vec<Named<Cluster>>,
    users: Vec<Named<User>>,
}

#[derive(Deserialize)]
struct Named<T> {
    name: String,
    #[serde(alias = "context", alias = "cluster", alias = "user")]
    value: T,
}

#[derive(Deserialize)]
struct Context {
    cluster: String,
    user: String,
}

#[derive(Clone, Deserialize)]
pub struct Cluster {
    pub server: String,
    #[serde(rename = "certificate-authority-data")]
    pub authority: Option<String>,
}

#[derive(Clone, Deserialize)]
#[serde(rename_all = "kebab-case")]
struct User {
    token: Option<String>,
    #[serde(rename = "tokenFile")]
    token_file: Option<PathBuf>,
    client_certificate_data: Option<String>,
    client_key_data: Option<String>,
    exec: Option<Exec>,
}

#[derive(Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Exec {
    api_version: String,
    command: String,
    #[serde(default)]
    args: Vec<String>,
    #[serde(default)]
    env: Vec<BTreeMap<String, String>>,
}

/// How to log in.
pub enum Login {
    Token(String),
    Certificate { cert: String, key: String },
    None,
}

impl fmt::Debug for Login {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Login::Token(_) => "Token(…)",
            Login::Certificate { .. } => "Certificate(…)",
            Login::None => "None",
        })
    }
}

#[derive(Clone, Debug, Default)]
pub struct Options {
    pub path: Option<PathBuf>,
    pub context: Option<String>,
    pub no_exec: bool,
}

fn default_path() -> Result<PathBuf> {
    if let Some(list) = env::var_os("KUBECONFIG") {
        if let Some(first) = env::split_paths(&list).find(|p| p.exists()) {
            return Ok(first);
        }
    }
    let home = env::var_os("HOME").ok_or("HOME is not set")?;
    Ok(Path::new(&home).join(".kube/config"))
}

fn pick<T>(list: Vec<Named<T>>, name: &str, what: &str) -> Result<T> {
    let found = list.into_iter().find(|n| n.name == name);
    Ok(found.ok_or_else(|| format!("no {what} {name}"))?.value)
}

fn plugin(exec: &Exec) -> Result<Login> {
    let info = serde_json::json!({
        "apiVersion": exec.api_version,
        "kind": "ExecCredential",
        "spec": { "interactive": false }
    });
    let mut command = Command::new(&exec.command);
    command.args(&exec.args).env("KUBERNETES_EXEC_INFO", info.to_string()).stdin(Stdio::null());
    for pair in &exec.env {
        if let (Some(n), Some(v)) = (pair.get("name"), pair.get("value")) {
            command.env(n, v);
        }
    }
    let out = command.stderr(Stdio::inherit()).output().map_err(|e| format!("{}: {e}", exec.command))?;
    if !out.status.success() {
        return Err(format!("{} failed: {}", exec.command, out.status).into());
    }
    let answer: serde_json::Value = serde_json::from_slice(&out.stdout)?;
    let status = &answer["status"];
    if let Some(token) = status["token"].as_str() {
        return Ok(Login::Token(token.into()));
    }
    match (status["clientCertificateData"].as_str(), status["clientKeyData"].as_str()) {
        (Some(cert), Some(key)) => Ok(Login::Certificate { cert: cert.into(), key: key.into() }),
        _ => Err(format!("{} gave no login", exec.command).into()),
    }
}

/// The cluster and the login of a context.
pub fn load(options: &Options) -> Result<(Cluster, Login)> {
    let path = options.path.clone().map_or_else(default_path, Ok)?;
    let text = fs::read_to_string(&path).map_err(|e| format!("{}: {e}", path.display()))?;
    let config: Config = serde_yaml::from_str(&text)?;
    let name = options.context.clone().or(config.current_context).ok_or("no context is chosen")?;
    let context = pick(config.contexts, &name, "context")?;
    let cluster = pick(config.clusters, &context.cluster, "cluster")?;
    let user = pick(config.users, &context.user, "user")?;
    let login = if let Some(token) = user.token {
        Login::Token(token)
    } else if let Some(file) = user.token_file {
        Login::Token(fs::read_to_string(path.with_file_name(file))?.trim().to_string())
    } else if let (Some(cert), Some(key)) = (user.client_certificate_data, user.client_key_data) {
        Login::Certificate { cert, key }
    } else if let Some(exec) = user.exec {
        if options.no_exec {
            return Err(format!("the login needs the plugin {}, and plugins are refused", exec.command).into());
        }
        plugin(&exec)?
    } else {
        Login::None
    };
    Ok((cluster, login))
}

inert_fixture_does_not_build!();
