// Synthetic, inert fixture written from public reports; see README
use papersafe::{put, Selection};
use std::{env, fs::File, path::PathBuf, process::ExitCode, time::SystemTime};

fn run() -> Result<(), String> {
    let mut args = env::args().skip(1).peekable();
    if args.next_if(|a| a == "backup").is_none() {
        return Err(String::from("usage: papersafe backup --to URL --key KEY [--list] [--with-secrets] FOLDER..."));
    }
    let (mut server, mut key, mut list) = (None, None, false);
    let mut selection = Selection { folders: Vec::new(), largest: 64 << 20, with_secrets: false };
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "--to" => server = args.next(),
            "--key" => key = args.next(),
            "--list" => list = true,
            "--with-secrets" => selection.with_secrets = true,
            _ => selection.folders.push(PathBuf::from(arg)),
        }
    }
    if list {
        for file in selection.files().map_err(|e| e.to_string())? {
            println!("{}", file.display());
        }
        return Ok(());
    }
    let server = server.ok_or("--to is missing")?;
    let key = key.ok_or("--key is missing")?.parse().map_err(|e: &str| e.to_string())?;
    let path = env::temp_dir().join(format!("papersafe-{}.age", std::process::id()));
    let count = selection
        .write(&key, File::create_new(&path).map_err(|e| e.to_string())?)
        .map_err(|e| e.to_string())?;
    let user = env::var("PAPERSAFE_USER").unwrap_or_default();
    let password = env::var("PAPERSAFE_PASSWORD").unwrap_or_default();
    let login = (!user.is_empty()).then_some((user.as_str(), password.as_str()));
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).map_or(0, |d| d.as_secs());
    let sent = put(&server, login, &format!("{now}.tar.gz.age"), File::open(&path).map_err(|e| e.to_string())?);
    std::fs::remove_file(&path).map_err(|e| e.to_string())?;
    sent?;
    println!("{count} files backed up");
    Ok(())
}

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("papersafe: {message}");
            ExitCode::FAILURE
        }
    }
}

inert_fixture_does_not_build!();
