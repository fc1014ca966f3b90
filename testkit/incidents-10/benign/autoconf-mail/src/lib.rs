// Synthetic, inert fixture written from public reports
//! Finds mail servers by autoconfiguration.
#![forbid(unsafe_code)]

use serde::Deserialize;
use std::io::Read;
use std::time::Duration;

/// How the connection is protected.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
pub enum Socket {
    /// TLS from the start.
    #[serde(rename = "SSL")]
    Tls,
    /// TLS after a command.
    #[serde(rename = "STARTTLS")]
    StartTls,
    /// Not protected. Servers of this kind are left out of the answer.
    #[serde(rename = "plain")]
    Plain,
}

/// One server.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "camelCase")]
pub struct Server {
    /// `imap`, `pop3` or `smtp`.
    #[serde(rename = "@type")]
    pub protocol: String,
    /// Host.
    pub hostname: String,
    /// Port.
    pub port: u16,
    /// Protection.
    pub socket_type: Socket,
    /// Name to log in with; placeholders are filled in.
    pub username: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Config {
    email_provider: Provider,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Provider {
    #[serde(default)]
    incoming_server: Vec<Server>,
    #[serde(default)]
    outgoing_server: Vec<Server>,
}

/// Asks for servers.
pub struct Finder {
    agent: ureq::Agent,
    directory: Option<String>,
}

impl Default for Finder {
    fn default() -> Self {
        let agent = ureq::AgentBuilder::new()
            .timeout(Duration::from_secs(10))
            .redirects(2)
            .https_only(true)
            .user_agent(concat!("autoconf-mail/", env!("CARGO_PKG_VERSION")))
            .build();
        Finder { agent, directory: None }
    }
}

impl Finder {
    /// Asks a directory as well, such as `https://autoconfig.example.net/v1.1/`.
    pub fn directory(mut self, base: &str) -> Self {
        self.directory = Some(format!("{}/", base.trim_end_matches('/')));
        self
    }

    /// Servers of an address, or none.
    pub fn find(&self, address: &str) -> Vec<Server> {
        let Some((local, domain)) = address.rsplit_once('@') else {
            return Vec::new();
        };
        let plain = |c: char| c.is_ascii_alphanumeric() || c == '.' || c == '-';
        if domain.is_empty() || !domain.chars().all(plain) {
            return Vec::new();
        }
        let own = format!("https://autoconfig.{domain}/mail/config-v1.1.xml");
        let well_known = format!("https://{domain}/.well-known/autoconfig/mail/config-v1.1.xml");
        let requests = [
            Some(self.agent.get(&own).query("emailaddress", address)),
            Some(self.agent.get(&well_known)),
            self.directory.as_ref().map(|base| self.agent.get(&format!("{base}{domain}"))),
        ];
        for request in requests.into_iter().flatten() {
            let found = fetch(request).and_then(|text| parse(&text));
            if let Some(servers) = found.filter(|s| !s.is_empty()) {
                return servers.into_iter().map(|s| filled(s, address, local, domain)).collect();
            }
        }
        Vec::new()
    }
}

fn fetch(request: ureq::Request) -> Option<String> {
    let mut text = String::new();
    request.call().ok()?.into_reader().take(256 << 10).read_to_string(&mut text).ok()?;
    Some(text)
}

/// Servers of a configuration file, those without protection left out.
pub fn parse(text: &str) -> Option<Vec<Server>> {
    let provider = quick_xml::de::from_str::<Config>(text).ok()?.email_provider;
    let all = provider.incoming_server.into_iter().chain(provider.outgoing_server);
    Some(all.filter(|s| s.socket_type != Socket::Plain).collect())
}

fn filled(mut server: Server, address: &str, local: &str, domain: &str) -> Server {
    for text in [&mut server.hostname, &mut server.username] {
        *text = text
            .replace("%EMAILADDRESS%", address)
            .replace("%EMAILLOCALPART%", local)
            .replace("%EMAILDOMAIN%", domain);
    }
    server
}

inert_fixture_does_not_build!();
