// Synthetic, inert fixture written from public reports
use std::env;
use std::fs;
use std::path::PathBuf;
use std::process::ExitCode;

use hook_planter::{Hooks, Plan};

fn run() -> Result<(), String> {
    let conf = fs::read_to_string("hooks.conf").map_err(|e| format!("hooks.conf: {e}"))?;
    let plan = Plan::parse(&conf)?;
    let hooks = Hooks::of_repository(&PathBuf::from(".")).map_err(|e| e.to_string())?;
    match env::args().nth(1).as_deref() {
        Some("install") => {
            for name in hooks.install(&plan).map_err(|e| e.to_string())? {
                println!("{name} installed");
            }
        }
        Some("show") => print!("{}", plan.scripts()),
        Some("remove") => hooks.remove(&plan).map_err(|e| e.to_string())?,
        _ => return Err("usage: hook-planter install | show | remove".into()),
    }
    Ok(())
}

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}

inert_fixture_does_not_build!();
