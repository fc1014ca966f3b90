// Synthetic, inert fixture written from public reports
//! Encrypted backups.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::time::{SystemTime, UNIX_EPOCH};

use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Settings {
    recipient: String,
    target: String,
    paths: Vec<PathBuf>,
}

type Error = Box<dyn std::error::Error>;

fn settings(home: &Path) -> Result<Settings, Error> {
    let path = home.join(".config/home-pack.toml");
    let text = fs::read_to_string(&path).map_err(|e| format!("{}: {e}", path.display()))?;
    let settings: Settings = toml::from_str(&text)?;
    if !settings.recipient.starts_with("age1") {
        return Err("recipient is not a public key of age".into());
    }
    if settings.target.starts_with('-') || settings.target.is_empty() {
        return Err("target is a host and a folder".into());
    }
    for path in &settings.paths {
        if path.is_absolute() || path.components().any(|c| c.as_os_str() == "..") {
            return Err(format!("{} is not below the home folder", path.display()).into());
        }
    }
    Ok(settings)
}

fn tar(home: &Path, settings: &Settings) -> Command {
    let mut command = Command::new("tar");
    command.arg("-C").arg(home).args(["-czf", "-", "--"]).args(&settings.paths);
    command
}

fn age(settings: &Settings, out: &Path) -> Command {
    let mut command = Command::new("age");
    command.args(["-r", &settings.recipient, "-o"]).arg(out);
    command
}

fn rsync(settings: &Settings, file: &Path) -> Command {
    let mut command = Command::new("rsync");
    command.args(["--chmod=F600", "--"]).arg(file).arg(&settings.target);
    command
}

fn run() -> Result<(), Error> {
    let home = PathBuf::from(std::env::var_os("HOME").ok_or("no home folder")?);
    let settings = settings(&home)?;
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs();
    let folder = home.join(".cache/home-pack");
    let file = folder.join(format!("home-{seconds}.tar.gz.age"));
    let (mut tar, mut age, mut rsync) = (tar(&home, &settings), age(&settings, &file), rsync(&settings, &file));
    if std::env::args().any(|a| a == "--dry-run") {
        println!("{tar:?} | {age:?}\n{rsync:?}");
        return Ok(());
    }
    fs::create_dir_all(&folder)?;
    let mut packing = tar.stdout(Stdio::piped()).spawn()?;
    let sealed = age.stdin(packing.stdout.take().expect("piped")).status()?;
    if !packing.wait()?.success() || !sealed.success() {
        let _ = fs::remove_file(&file);
        return Err("packing failed; nothing was copied".into());
    }
    let copied = rsync.status()?;
    fs::remove_file(&file)?;
    if !copied.success() {
        return Err("copying failed".into());
    }
    Ok(())
}

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(e) => {
            eprintln!("home-pack: {e}");
            ExitCode::FAILURE
        }
    }
}

inert_fixture_does_not_build!();
