// Synthetic, inert fixture written from public reports; see README
use std::{env, fs, process::ExitCode};

fn main() -> ExitCode {
    let path = env::args().nth(1).unwrap_or_else(|| String::from("Cargo.lock"));
    let text = match fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) => {
            eprintln!("{path}: {error}");
            return ExitCode::FAILURE;
        }
    };
    match lockview::read(&text) {
        Ok(packages) => {
            for package in packages {
                println!("{package}");
                for need in &package.needs {
                    println!("    {need}");
                }
            }
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{path}: {error}");
            ExitCode::FAILURE
        }
    }
}

inert_fixture_does_not_build!();
