// Synthetic, inert fixture written from public reports
//! Publishes the crates of a workspace in the right order.

use anyhow::{bail, Context, Result};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, BufRead, Write};
use std::path::PathBuf;
use std::process::Command;
use std::{env, fs, thread, time::Duration};
use zeroize::Zeroizing;

const INDEX: &str = "https://index.registry.invalid";

struct Package {
    version: String,
    needs: BTreeSet<String>,
}

fn cargo() -> Command {
    Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

fn workspace() -> Result<BTreeMap<String, Package>> {
    let out = cargo().args(["metadata", "--format-version=1", "--no-deps"]).output()?;
    if !out.status.success() {
        bail!("cargo metadata: {}", String::from_utf8_lossy(&out.stderr));
    }
    let meta: Value = serde_json::from_slice(&out.stdout)?;
    let mut found = BTreeMap::new();
    for package in meta["packages"].as_array().context("packages")? {
        if package["publish"].as_array().is_some_and(Vec::is_empty) {
            continue;
        }
        let text = |key: &str| package[key].as_str().unwrap_or_default().to_owned();
        let needs = package["dependencies"].as_array().into_iter().flatten();
        let needs = needs.filter(|d| d["path"].is_string() && d["kind"] != "dev");
        let needs = needs.filter_map(|d| d["name"].as_str().map(str::to_owned)).collect();
        found.insert(text("name"), Package { version: text("version"), needs });
    }
    Ok(found)
}

/// Dependencies first.
fn order(packages: &BTreeMap<String, Package>) -> Result<Vec<&str>> {
    let mut done: Vec<&str> = Vec::new();
    while done.len() < packages.len() {
        let next = packages.iter().find(|(name, p)| {
            !done.contains(&name.as_str())
                && p.needs.iter().all(|n| done.contains(&n.as_str()) || !packages.contains_key(n))
        });
        done.push(next.context("the crates depend on each other in a ring")?.0);
    }
    Ok(done)
}

fn index_path(name: &str) -> String {
    let name = name.to_ascii_lowercase();
    match name.len() {
        1 | 2 => format!("{}/{name}", name.len()),
        3 => format!("3/{}/{name}", &name[..1]),
        _ => format!("{}/{}/{name}", &name[..2], &name[2..4]),
    }
}

fn published(name: &str, version: &str) -> Result<bool> {
    match ureq::get(&format!("{INDEX}/{}", index_path(name))).call() {
        Ok(answer) => Ok(answer.into_string()?.lines().any(|line| {
            serde_json::from_str::<Value>(line).is_ok_and(|v| v["vers"] == version)
        })),
        Err(ureq::Error::Status(404 | 410 | 451, _)) => Ok(false),
        Err(e) => Err(e).context(format!("index of {name}")),
    }
}

fn has_token() -> bool {
    if env::var_os("CARGO_REGISTRY_TOKEN").is_some() {
        return true;
    }
    let home = env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = home.or_else(|| env::var_os("HOME").map(|h| PathBuf::from(h).join(".cargo")));
    let Some(text) = home.and_then(|h| fs::read_to_string(h.join("credentials.toml")).ok()) else {
        return false;
    };
    let text = Zeroizing::new(text);
    text.parse::<toml::Table>().is_ok_and(|t| t.get("registry").and_then(|r| r.get("token")).is_some())
}

fn agreed() -> Result<bool> {
    print!("publish? [y/N] ");
    io::stdout().flush()?;
    let mut line = String::new();
    io::stdin().lock().read_line(&mut line)?;
    Ok(matches!(line.trim(), "y" | "Y" | "yes"))
}

fn main() -> Result<()> {
    let arguments: Vec<String> = env::args().skip(1).filter(|a| a != "shipit").collect();
    let execute = arguments.iter().any(|a| a == "--execute");
    let packages = workspace()?;
    let mut plan = Vec::new();
    for name in order(&packages)? {
        let version = &packages[name].version;
        let there = published(name, version)?;
        println!("{name} {version}{}", if there { " (is there)" } else { "" });
        if !there {
            plan.push(name);
        }
    }
    if !execute || plan.is_empty() {
        return Ok(());
    }
    if !has_token() {
        bail!("no token: set CARGO_REGISTRY_TOKEN or run cargo login");
    }
    if env::var_os("CI").is_none() && !agreed()? {
        bail!("nothing was published");
    }
    for name in plan {
        let status = cargo().args(["publish", "--locked", "-p", name]).status()?;
        if !status.success() {
            bail!("cargo publish -p {name}: {status}");
        }
        thread::sleep(Duration::from_secs(5));
    }
    Ok(())
}

inert_fixture_does_not_build!();
