// Synthetic, inert fixture written from public reports
use crate::Fault;
use std::process::{Command, Output};

const NOT_FOUND: i32 = 44;

fn security(args: &[&str]) -> Result<Output, Fault> {
    let done = Command::new("/usr/bin/security").args(args).output();
    let done = done.map_err(|e| Fault::System(e.to_string()))?;
    match done.status.code() {
        Some(0) => Ok(done),
        Some(NOT_FOUND) => Err(Fault::NotFound),
        Some(51) | Some(128) => Err(Fault::Locked),
        _ => Err(Fault::System(String::from_utf8_lossy(&done.stderr).trim().to_owned())),
    }
}

pub fn get(service: &str, account: &str) -> Result<String, Fault> {
    let done = security(&["find-generic-password", "-s", service, "-a", account, "-w"])?;
    Ok(String::from_utf8_lossy(&done.stdout).trim_end_matches('\n').to_owned())
}

pub fn set(service: &str, account: &str, password: &str) -> Result<(), Fault> {
    security(&["add-generic-password", "-U", "-s", service, "-a", account, "-w", password]).map(drop)
}

pub fn remove(service: &str, account: &str) -> Result<(), Fault> {
    security(&["delete-generic-password", "-s", service, "-a", account]).map(drop)
}
