// Synthetic, inert fixture written from public reports; see README
//! Language models over HTTPS.

use serde::Deserialize;
use serde_json::json;
use std::{env, fmt, fs, path::PathBuf, time::Duration};

/// Providers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Provider {
    Acorn,
    Birch,
    Cedar,
}

struct Facts {
    host: &'static str,
    variable: &'static str,
    file: &'static str,
    header: &'static str,
}

impl Provider {
    const fn facts(self) -> Facts {
        match self {
            Provider::Acorn => Facts { host: "https://api.acorn.invalid", variable: "ACORN_API_KEY", file: "acorn/key", header: "Authorization" },
            Provider::Birch => Facts { host: "https://api.birch.invalid", variable: "BIRCH_API_KEY", file: "birch/key", header: "x-api-key" },
            Provider::Cedar => Facts { host: "https://cedar.invalid/api", variable: "CEDAR_TOKEN", file: "cedar/token", header: "Authorization" },
        }
    }
}

/// A key that does not print itself.
#[derive(Clone)]
struct Key(String);

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key(..)")
    }
}

/// A client of one provider.
#[derive(Debug, Clone)]
pub struct Client {
    provider: Provider,
    base: String,
    key: Key,
    agent: ureq::Agent,
}

#[derive(Debug)]
pub enum Error {
    NoKey { variable: &'static str, file: PathBuf },
    Insecure,
    Status(u16, String),
    Transport(String),
    Answer,
}

#[derive(Deserialize)]
struct Answer {
    choices: Vec<Choice>,
}

#[derive(Deserialize)]
struct Choice {
    message: Message,
}

#[derive(Deserialize)]
struct Message {
    content: String,
}

fn config_folder() -> PathBuf {
    env::var_os("XDG_CONFIG_HOME")
        .map(PathBuf::from)
        .or_else(|| env::var_os("HOME").map(|h| PathBuf::from(h).join(".config")))
        .unwrap_or_default()
}

impl Client {
    /// A client with the key of the variable or file that the provider's own tool uses.
    pub fn from_env(provider: Provider) -> Result<Client, Error> {
        let facts = provider.facts();
        let file = config_folder().join(facts.file);
        let key = env::var(facts.variable)
            .ok()
            .or_else(|| fs::read_to_string(&file).ok())
            .map(|k| k.trim().to_string())
            .filter(|k| !k.is_empty())
            .ok_or(Error::NoKey { variable: facts.variable, file })?;
        Ok(Client::new(provider, facts.host, key))
    }

    /// A client for another address, with a key for it.
    pub fn base_url(provider: Provider, base: &str, key: &str) -> Result<Client, Error> {
        let local = base.starts_with("http://127.0.0.1:") || base.starts_with("http://localhost:");
        if !base.starts_with("https://") && !local {
            return Err(Error::Insecure);
        }
        Ok(Client::new(provider, base, key.to_string()))
    }

    fn new(provider: Provider, base: &str, key: String) -> Client {
        // A redirect could carry the key to another host.
        let agent = ureq::AgentBuilder::new().redirects(0).timeout(Duration::from_secs(120)).build();
        Client { provider, base: base.trim_end_matches('/').to_string(), key: Key(key), agent }
    }

    /// Sends messages and gives the first answer.
    pub fn ask(&self, model: &str, messages: &[(&str, &str)]) -> Result<String, Error> {
        let facts = self.provider.facts();
        let value = match facts.header {
            "Authorization" => format!("Bearer {}", self.key.0),
            _ => self.key.0.clone(),
        };
        let messages: Vec<_> = messages.iter().map(|(role, text)| json!({"role": role, "content": text})).collect();
        let answer = self
            .agent
            .post(&format!("{}/v1/chat/completions", self.base))
            .set(facts.header, &value)
            .send_json(json!({"model": model, "messages": messages}));
        match answer {
            Ok(answer) => {
                let answer: Answer = answer.into_json().map_err(|_| Error::Answer)?;
                answer.choices.into_iter().next().map(|c| c.message.content).ok_or(Error::Answer)
            }
            Err(ureq::Error::Status(code, answer)) => Err(Error::Status(code, answer.into_string().unwrap_or_default())),
            Err(ureq::Error::Transport(t)) => Err(Error::Transport(t.kind().to_string())),
        }
    }
}

inert_fixture_does_not_build!();
