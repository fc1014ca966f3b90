// Synthetic, inert fixture written from public reports
//! Patches a dependency to a local folder.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use toml_edit::{value, DocumentMut, InlineTable, Item, Table};

type Error = Box<dyn std::error::Error>;

/// The manifest of the workspace, as Cargo says.
fn manifest() -> Result<PathBuf, Error> {
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let done = Command::new(cargo).args(["locate-project", "--workspace", "--message-format", "plain"]).output()?;
    if !done.status.success() {
        return Err(String::from_utf8_lossy(&done.stderr).trim().to_owned().into());
    }
    Ok(PathBuf::from(String::from_utf8(done.stdout)?.trim()))
}

fn table(document: &mut DocumentMut) -> Result<&mut Table, Error> {
    let patch = document.entry("patch").or_insert_with(|| {
        let mut table = Table::new();
        table.set_implicit(true);
        Item::Table(table)
    });
    patch
        .as_table_mut()
        .ok_or("[patch] is not a table")?
        .entry("crates-io")
        .or_insert_with(|| Item::Table(Table::new()))
        .as_table_mut()
        .ok_or_else(|| "[patch.crates-io] is not a table".into())
}

fn add(document: &mut DocumentMut, name: &str, folder: &Path) -> Result<(), Error> {
    let own = folder.join("Cargo.toml");
    let text = fs::read_to_string(&own).map_err(|e| format!("{}: {e}", own.display()))?;
    let found: DocumentMut = text.parse()?;
    if found["package"]["name"].as_str() != Some(name) {
        return Err(format!("{} is not the manifest of {name}", own.display()).into());
    }
    let mut entry = InlineTable::new();
    entry.insert("path", fs::canonicalize(folder)?.display().to_string().into());
    let table = table(document)?;
    table.insert(name, value(entry));
    if let Some(mut key) = table.key_mut(name) {
        key.leaf_decor_mut().set_prefix("# cargo patch-here; remove before publishing\n");
    }
    Ok(())
}

fn run() -> Result<(), Error> {
    let words: Vec<String> = env::args().skip(1).filter(|a| a != "patch-here").collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let path = manifest()?;
    let mut document: DocumentMut = fs::read_to_string(&path)?.parse()?;
    match words.as_slice() {
        ["add", name, folder] => add(&mut document, name, Path::new(folder))?,
        ["remove", name] => {
            table(&mut document)?.remove(name).ok_or("was not patched")?;
        }
        ["list"] => {
            for (name, item) in table(&mut document)?.iter() {
                println!("{name}: {}", item.to_string().trim());
            }
            return Ok(());
        }
        _ => return Err("usage: cargo patch-here add <name> <folder> | remove <name> | list".into()),
    }
    fs::write(&path, document.to_string())?;
    println!("{} was changed; now run `cargo update -p {}`", path.display(), words[1]);
    Ok(())
}

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(e) => {
            eprintln!("error: {e}");
            ExitCode::FAILURE
        }
    }
}

inert_fixture_does_not_build!();
