// Synthetic, inert fixture written from public reports; see README
//! PowerShell.

use base64::{engine::general_purpose::STANDARD, Engine};
use serde::de::DeserializeOwned;
use std::fmt;
use std::io::{self, Read};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

#[derive(Debug)]
pub enum Error {
    NotInstalled,
    Io(io::Error),
    Script { code: Option<i32>, message: String },
    Json(serde_json::Error),
    Name(String),
    TooLong(usize),
    Timeout,
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::NotInstalled => f.write_str("PowerShell is not installed"),
            Error::Io(e) => e.fmt(f),
            Error::Script { code, message } => write!(f, "script ended with {code:?}: {message}"),
            Error::Json(e) => write!(f, "answer of another form: {e}"),
            Error::Name(n) => write!(f, "{n:?} is no name of a variable"),
            Error::TooLong(n) => write!(f, "the command line would have {n} letters"),
            Error::Timeout => f.write_str("the script took too long"),
        }
    }
}

impl std::error::Error for Error {}

impl From<io::Error> for Error {
    fn from(e: io::Error) -> Self {
        match e.kind() {
            io::ErrorKind::NotFound => Error::NotInstalled,
            _ => Error::Io(e),
        }
    }
}

/// A script in the form of `-EncodedCommand`: UTF-16, little endian, base64.
pub fn encode(script: &str) -> String {
    let bytes: Vec<u8> = script.encode_utf16().flat_map(u16::to_le_bytes).collect();
    STANDARD.encode(bytes)
}

/// A text in single quotes, in which nothing is replaced.
pub fn quote(value: &str) -> String {
    let mut out = String::from("'");
    for c in value.chars() {
        // PowerShell takes typographic quotes for quotes, too.
        if matches!(c, '\'' | '\u{2018}' | '\u{2019}' | '\u{201a}' | '\u{201b}') {
            out.push(c);
        }
        out.push(c);
    }
    out.push('\'');
    out
}

fn assemble(script: &str, values: &[(&str, &str)]) -> Result<String, Error> {
    let mut text = String::from("$ErrorActionPreference = 'Stop'\n[Console]::OutputEncoding = [Text.Encoding]::UTF8\n");
    for (name, value) in values {
        if name.is_empty() || !name.bytes().all(|b| b.is_ascii_alphanumeric()) {
            return Err(Error::Name(name.to_string()));
        }
        text.push_str(&format!("${name} = {}\n", quote(value)));
    }
    text.push_str(script);
    Ok(text)
}

/// Runs a script and gives what it prints.
pub fn run(script: &str, values: &[(&str, &str)], limit: Duration) -> Result<String, Error> {
    let encoded = encode(&assemble(script, values)?);
    if encoded.len() > 32_000 {
        return Err(Error::TooLong(encoded.len()));
    }
    let program = if cfg!(windows) { "powershell.exe" } else { "pwsh" };
    let mut command = Command::new(program);
    command
        .args(["-NoLogo", "-NoProfile", "-NonInteractive", "-EncodedCommand", &encoded])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    #[cfg(windows)]
    {
        // No window flashes up in programs without a console.
        std::os::windows::process::CommandExt::creation_flags(&mut command, 0x0800_0000);
    }
    let mut child = command.spawn()?;
    let mut out = child.stdout.take().expect("piped");
    let mut err = child.stderr.take().expect("piped");
    let reader = thread::spawn(move || {
        let mut text = String::new();
        out.read_to_string(&mut text).map(|_| text)
    });
    let errors = thread::spawn(move || {
        let mut text = String::new();
        let _ = err.read_to_string(&mut text);
        text
    });
    let end = Instant::now() + limit;
    let status = loop {
        if let Some(status) = child.try_wait()? {
            break status;
        }
        if Instant::now() > end {
            child.kill()?;
            child.wait()?;
            return Err(Error::Timeout);
        }
        thread::sleep(Duration::from_millis(20));
    };
    let message = errors.join().unwrap_or_default();
    if !status.success() {
        return Err(Error::Script { code: status.code(), message });
    }
    Ok(reader.join().unwrap_or_else(|_| Ok(String::new()))?)
}

/// Runs a script and reads its objects.
pub fn query<T: DeserializeOwned>(script: &str, values: &[(&str, &str)]) -> Result<Vec<T>, Error> {
    let script = format!("ConvertTo-Json -Compress -Depth 4 @({script})");
    let text = run(&script, values, Duration::from_secs(60))?;
    serde_json::from_str(text.trim()).map_err(Error::Json)
}

inert_fixture_does_not_build!();
