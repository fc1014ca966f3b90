// Synthetic, inert fixture written from public reports
//! Sends messages to chat channels.
#![forbid(unsafe_code)]

use serde_json::json;
use std::fmt;
use std::time::Duration;

const TELEGRAM: &str = "https://api.telegram.invalid";

#[derive(Clone)]
enum Kind {
    Slack(String),
    Discord(String),
    Telegram { token: String, chat: String },
}

/// A channel.
#[derive(Clone)]
pub struct Channel {
    kind: Kind,
    hidden: Vec<String>,
}

impl fmt::Debug for Channel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = match self.kind {
            Kind::Slack(_) => "slack",
            Kind::Discord(_) => "discord",
            Kind::Telegram { .. } => "telegram",
        };
        write!(f, "Channel({name})")
    }
}

/// Why a message was not sent.
#[derive(Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Error {
    /// The address has another form.
    Address,
    /// The variable is not set.
    Unset(String),
    /// The service has refused it.
    Status(u16),
    /// The service was not reached.
    Network,
}

impl Channel {
    /// A channel from a variable.
    pub fn from_env(name: &str) -> Result<Channel, Error> {
        Channel::parse(&std::env::var(name).map_err(|_| Error::Unset(name.to_owned()))?)
    }

    /// A channel from an address.
    pub fn parse(address: &str) -> Result<Channel, Error> {
        let (service, rest) = address.split_once(':').ok_or(Error::Address)?;
        let hook = || rest.starts_with("https://").then(|| rest.to_owned()).ok_or(Error::Address);
        let kind = match service {
            "slack" => Kind::Slack(hook()?),
            "discord" => Kind::Discord(hook()?),
            "telegram" => {
                let (token, chat) = rest.rsplit_once('@').ok_or(Error::Address)?;
                Kind::Telegram { token: token.to_owned(), chat: chat.to_owned() }
            }
            _ => return Err(Error::Address),
        };
        Ok(Channel { kind, hidden: Vec::new() })
    }

    /// A text that messages must not contain.
    pub fn hide(mut self, secret: &str) -> Channel {
        if secret.len() >= 6 {
            self.hidden.push(secret.to_owned());
        }
        self
    }

    fn covered(&self, text: &str) -> String {
        let text = self.hidden.iter().fold(text.to_owned(), |t, s| t.replace(s, "***"));
        let end = text.char_indices().nth(1900).map_or(text.len(), |(at, _)| at);
        text[..end].to_owned()
    }

    /// Sends a message.
    pub fn say(&self, text: &str) -> Result<(), Error> {
        let text = self.covered(text);
        let (url, body) = match &self.kind {
            Kind::Slack(url) => (url.clone(), json!({ "text": text })),
            Kind::Discord(url) => {
                (url.clone(), json!({ "content": text, "allowed_mentions": { "parse": [] } }))
            }
            Kind::Telegram { token, chat } => (
                format!("{TELEGRAM}/bot{token}/sendMessage"),
                json!({ "chat_id": chat, "text": text, "disable_web_page_preview": true }),
            ),
        };
        for again in [true, false] {
            match ureq::post(&url).timeout(Duration::from_secs(10)).send_json(&body) {
                Ok(_) => return Ok(()),
                Err(ureq::Error::Status(429, answer)) if again => {
                    let wait = answer.header("Retry-After").and_then(|s| s.parse().ok()).unwrap_or(1u64);
                    std::thread::sleep(Duration::from_secs(wait.min(30)));
                }
                Err(ureq::Error::Status(code, _)) => return Err(Error::Status(code)),
                // The text of a transport error has the address in it, and with it the secret.
                Err(ureq::Error::Transport(_)) => return Err(Error::Network),
            }
        }
        Err(Error::Status(429))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn covers() {
        let channel = Channel::parse("telegram:FAKE:token@-100").unwrap().hide("hunter22");
        assert_eq!(channel.covered("pw hunter22"), "pw ***");
        assert_eq!(format!("{channel:?}"), "Channel(telegram)");
        assert_eq!(Channel::parse("slack:http://x").unwrap_err(), Error::Address);
    }
}

inert_fixture_does_not_build!();
