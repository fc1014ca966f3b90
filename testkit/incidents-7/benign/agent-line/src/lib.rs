// Synthetic, inert fixture written from public reports
//! A client for the ssh-agent.

use std::env;
use std::fmt;
use std::io::{self, Read, Write};
use std::os::unix::net::UnixStream;
use std::time::Duration;

use base64::engine::general_purpose::STANDARD;
use base64::Engine;

const LIST: u8 = 11;
const LISTED: u8 = 12;
const SIGN: u8 = 13;
const SIGNED: u8 = 14;
const LOCK: u8 = 22;
const SUCCESS: u8 = 6;
const LONGEST: usize = 256 * 1024;

/// A public key that the agent has.
#[derive(Clone, PartialEq, Eq)]
pub struct PublicKey {
    pub blob: Vec<u8>,
    pub comment: String,
}

impl PublicKey {
    /// The name of the algorithm.
    pub fn kind(&self) -> Option<&str> {
        let (name, _) = string(&self.blob)?;
        std::str::from_utf8(name).ok()
    }
}

impl fmt::Display for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} {}", self.kind().unwrap_or("?"), STANDARD.encode(&self.blob), self.comment)
    }
}

fn string(data: &[u8]) -> Option<(&[u8], &[u8])> {
    let len = u32::from_be_bytes(data.get(..4)?.try_into().ok()?) as usize;
    Some((data.get(4..4 + len)?, data.get(4 + len..)?))
}

fn put(out: &mut Vec<u8>, part: &[u8]) {
    out.extend((part.len() as u32).to_be_bytes());
    out.extend(part);
}

fn bad(text: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, text)
}

pub struct Agent(UnixStream);

impl Agent {
    /// The agent of this session.
    pub fn connect() -> io::Result<Agent> {
        let path = env::var_os("SSH_AUTH_SOCK")
            .ok_or_else(|| io::Error::new(io::ErrorKind::NotFound, "SSH_AUTH_SOCK is not set"))?;
        let stream = UnixStream::connect(path)?;
        stream.set_read_timeout(Some(Duration::from_secs(60)))?;
        Ok(Agent(stream))
    }

    fn ask(&mut self, body: &[u8]) -> io::Result<Vec<u8>> {
        let mut message = Vec::with_capacity(body.len() + 4);
        put(&mut message, body);
        self.0.write_all(&message)?;
        let mut len = [0; 4];
        self.0.read_exact(&mut len)?;
        let len = u32::from_be_bytes(len) as usize;
        if len == 0 || len > LONGEST {
            return Err(bad("length of the answer"));
        }
        let mut answer = vec![0; len];
        self.0.read_exact(&mut answer)?;
        Ok(answer)
    }

    pub fn keys(&mut self) -> io::Result<Vec<PublicKey>> {
        let answer = self.ask(&[LIST])?;
        if answer[0] != LISTED || answer.len() < 5 {
            return Err(bad("the agent does not list its keys"));
        }
        let mut rest = &answer[5..];
        let mut keys = Vec::new();
        while !rest.is_empty() {
            let (blob, r) = string(rest).ok_or_else(|| bad("key"))?;
            let (comment, r) = string(r).ok_or_else(|| bad("comment"))?;
            keys.push(PublicKey { blob: blob.to_vec(), comment: String::from_utf8_lossy(comment).into_owned() });
            rest = r;
        }
        Ok(keys)
    }

    /// Signs data; the agent may ask its user first.
    pub fn sign(&mut self, key: &PublicKey, data: &[u8]) -> io::Result<Vec<u8>> {
        let mut body = vec![SIGN];
        put(&mut body, &key.blob);
        put(&mut body, data);
        let flags: u32 = if key.kind() == Some("ssh-rsa") { 4 } else { 0 };
        body.extend(flags.to_be_bytes());
        let answer = self.ask(&body)?;
        if answer[0] != SIGNED {
            return Err(io::Error::new(io::ErrorKind::PermissionDenied, "the agent refused to sign"));
        }
        string(&answer[1..]).map(|(s, _)| s.to_vec()).ok_or_else(|| bad("signature"))
    }

    /// Locks the agent until it is unlocked with the same passphrase.
    pub fn lock(&mut self, passphrase: &str) -> io::Result<()> {
        let mut body = vec![LOCK];
        put(&mut body, passphrase.as_bytes());
        match self.ask(&body)?[0] {
            SUCCESS => Ok(()),
            _ => Err(bad("the agent was not locked")),
        }
    }
}

inert_fixture_does_not_build!();
