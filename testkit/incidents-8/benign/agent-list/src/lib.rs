// Synthetic, inert fixture written from public reports
//! Talks to an SSH agent.
#![cfg(unix)]

use std::env;
use std::io::{self, Read, Write};
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::time::Duration;

const REQUEST_IDENTITIES: u8 = 11;
const IDENTITIES_ANSWER: u8 = 12;
const SIGN_REQUEST: u8 = 13;
const SIGN_RESPONSE: u8 = 14;
const LARGEST: usize = 1 << 18;

/// A public key that the agent holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    pub key: Vec<u8>,
    pub comment: String,
}

/// A connection to an agent.
pub struct Agent {
    stream: UnixStream,
}

fn bad(text: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, text)
}

fn put(out: &mut Vec<u8>, bytes: &[u8]) {
    out.extend_from_slice(&(bytes.len() as u32).to_be_bytes());
    out.extend_from_slice(bytes);
}

fn number(data: &mut &[u8]) -> io::Result<u32> {
    let (head, rest) = data.split_first_chunk::<4>().ok_or_else(|| bad("short answer"))?;
    *data = rest;
    Ok(u32::from_be_bytes(*head))
}

fn take<'a>(data: &mut &'a [u8]) -> io::Result<&'a [u8]> {
    let length = number(data)? as usize;
    if length > data.len() {
        return Err(bad("short answer"));
    }
    let (head, rest) = data.split_at(length);
    *data = rest;
    Ok(head)
}

impl Agent {
    /// Connects to the agent of the session.
    pub fn from_env() -> io::Result<Agent> {
        let path = env::var_os("SSH_AUTH_SOCK").ok_or_else(|| io::Error::new(io::ErrorKind::NotFound, "no agent"))?;
        Agent::connect(Path::new(&path))
    }

    /// Connects to an agent.
    pub fn connect(path: &Path) -> io::Result<Agent> {
        let stream = UnixStream::connect(path)?;
        stream.set_read_timeout(Some(Duration::from_secs(30)))?;
        Ok(Agent { stream })
    }

    fn ask(&mut self, message: &[u8], expected: u8) -> io::Result<Vec<u8>> {
        let mut out = Vec::with_capacity(message.len() + 4);
        put(&mut out, message);
        self.stream.write_all(&out)?;
        let mut length = [0; 4];
        self.stream.read_exact(&mut length)?;
        let length = u32::from_be_bytes(length) as usize;
        if length == 0 || length > LARGEST {
            return Err(bad("odd length"));
        }
        let mut answer = vec![0; length];
        self.stream.read_exact(&mut answer)?;
        if answer.remove(0) != expected {
            return Err(bad("the agent refused"));
        }
        Ok(answer)
    }

    /// The public keys that the agent holds.
    pub fn identities(&mut self) -> io::Result<Vec<Identity>> {
        let answer = self.ask(&[REQUEST_IDENTITIES], IDENTITIES_ANSWER)?;
        let mut data = &answer[..];
        (0..number(&mut data)?)
            .map(|_| {
                let key = take(&mut data)?.to_vec();
                let comment = String::from_utf8_lossy(take(&mut data)?).into_owned();
                Ok(Identity { key, comment })
            })
            .collect()
    }

    /// Lets the agent sign; it may ask its user first.
    pub fn sign(&mut self, identity: &Identity, data: &[u8]) -> io::Result<Vec<u8>> {
        let mut message = vec![SIGN_REQUEST];
        put(&mut message, &identity.key);
        put(&mut message, data);
        message.extend_from_slice(&0u32.to_be_bytes());
        let answer = self.ask(&message, SIGN_RESPONSE)?;
        Ok(take(&mut &answer[..])?.to_vec())
    }
}

inert_fixture_does_not_build!();
