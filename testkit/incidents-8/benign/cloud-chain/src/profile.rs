// Synthetic, inert fixture written from public reports
//! The file with profiles.

use std::env;
use std::path::{Path, PathBuf};

use crate::Credentials;

fn path() -> Option<PathBuf> {
    env::var_os("AWS_SHARED_CREDENTIALS_FILE")
        .map(PathBuf::from)
        .or_else(|| env::var_os("HOME").map(|h| Path::new(&h).join(".aws/credentials")))
}

pub fn find() -> Option<Credentials> {
    let text = std::fs::read_to_string(path()?).ok()?;
    parse(&text, &env::var("AWS_PROFILE").unwrap_or_else(|_| "default".into()))
}

fn parse(text: &str, profile: &str) -> Option<Credentials> {
    let head = format!("[{profile}]");
    let lines = text.lines().map(str::trim).skip_while(|l| *l != head).skip(1);
    let (mut id, mut secret, mut session) = (None, None, None);
    for (name, value) in lines.take_while(|l| !l.starts_with('[')).filter_map(|l| l.split_once('=')) {
        let value = Some(value.trim().to_owned());
        match name.trim() {
            "aws_access_key_id" => id = value,
            "aws_secret_access_key" => secret = value,
            "aws_session_token" => session = value,
            _ => {}
        }
    }
    Some(Credentials { key_id: id?, secret: secret?, session })
}
