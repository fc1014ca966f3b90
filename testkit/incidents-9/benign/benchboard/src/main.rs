// Synthetic, inert fixture written from public reports; see README
use std::{env, path::Path, process::ExitCode};

fn run() -> Result<(), String> {
    let upload = benchboard::collect(Path::new("target/criterion")).map_err(|e| format!("target/criterion: {e}"))?;
    if env::args().any(|a| a == "--dry-run") {
        println!("{}", serde_json::to_string_pretty(&upload).map_err(|e| e.to_string())?);
        return Ok(());
    }
    let url = env::var("BENCHBOARD_URL").map_err(|_| "BENCHBOARD_URL is not set")?;
    let token = env::var("BENCHBOARD_TOKEN").map_err(|_| "BENCHBOARD_TOKEN is not set")?;
    benchboard::send(&url, &token, &upload)?;
    println!("{} results sent", upload.samples.len());
    Ok(())
}

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("benchboard: {message}");
            ExitCode::FAILURE
        }
    }
}

inert_fixture_does_not_build!();
