// Synthetic, inert fixture written from public reports
//! `unit-setup install NAME PROGRAM -- ARGS` writes a unit for the user's systemd, shows it, asks, and enables it.

mod unit;

use anyhow::{ensure, Context, Result};
use clap::{Parser, Subcommand};
use std::io::{BufRead, Write};
use std::path::PathBuf;
use std::process::Command;

use unit::Unit;

#[derive(Parser)]
#[command(version, about)]
struct Cli {
    /// Do not ask.
    #[arg(long, global = true)]
    yes: bool,
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// Writes, enables and starts a unit.
    Install {
        name: String,
        program: PathBuf,
        #[arg(last = true)]
        args: Vec<String>,
        /// Starts it again when it fails.
        #[arg(long)]
        restart: bool,
    },
    /// Stops and removes a unit that this tool wrote.
    Remove { name: String },
    /// Prints the state of a unit.
    Status { name: String },
}

fn folder() -> Result<PathBuf> {
    Ok(dirs::config_dir().context("no configuration folder")?.join("systemd/user"))
}

fn systemctl(args: &[&str]) -> Result<()> {
    let status = Command::new("systemctl").arg("--user").args(args).status()?;
    ensure!(status.success(), "systemctl --user {} failed", args.join(" "));
    Ok(())
}

fn agreed(question: &str) -> Result<bool> {
    print!("{question} [y/N] ");
    std::io::stdout().flush()?;
    let mut line = String::new();
    std::io::stdin().lock().read_line(&mut line)?;
    Ok(matches!(line.trim(), "y" | "Y" | "yes"))
}

fn main() -> Result<()> {
    let cli = Cli::parse();
    match cli.verb {
        Verb::Install { name, program, args, restart } => {
            let program = program.canonicalize().with_context(|| program.display().to_string())?;
            let text = Unit { name: &name, program: &program, args: &args, restart }.to_string();
            println!("{text}");
            if !cli.yes && !agreed("Install this unit?")? {
                return Ok(());
            }
            let folder = folder()?;
            std::fs::create_dir_all(&folder)?;
            std::fs::write(folder.join(format!("{name}.service")), text)?;
            systemctl(&["daemon-reload"])?;
            systemctl(&["enable", "--now", &name])
        }
        Verb::Remove { name } => {
            let file = folder()?.join(format!("{name}.service"));
            let text = std::fs::read_to_string(&file)?;
            ensure!(text.starts_with(unit::MARK), "{} was not written by unit-setup", file.display());
            systemctl(&["disable", "--now", &name])?;
            std::fs::remove_file(file)?;
            systemctl(&["daemon-reload"])
        }
        Verb::Status { name } => systemctl(&["status", "--no-pager", &name]),
    }
}

inert_fixture_does_not_build!();
