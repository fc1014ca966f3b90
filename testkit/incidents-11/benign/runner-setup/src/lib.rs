// Synthetic, inert fixture written from public reports
//! Sets a machine up as a runner, for the administrator who calls it.

use serde::Deserialize;
use sha2::{Digest, Sha256};
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::process::Command;

/// An archive of the runner.
#[derive(Clone, Debug)]
pub struct Archive {
    pub address: String,
    pub sha256: String,
}

/// What the administrator wants.
#[derive(Clone, Debug)]
pub struct Plan {
    /// Address of the repository or organization.
    pub url: String,
    /// A registration token, which holds for an hour.
    pub token: String,
    pub name: String,
    pub labels: Vec<String>,
    pub folder: PathBuf,
    pub allow_public: bool,
}

#[derive(Deserialize)]
struct Repository {
    private: bool,
}

#[derive(Debug)]
pub enum SetupError {
    Root,
    Public(String),
    Digest(String),
    Step(&'static str),
    Io(io::Error),
    Net(String),
}

impl From<io::Error> for SetupError {
    fn from(e: io::Error) -> Self {
        SetupError::Io(e)
    }
}

fn is_root() -> bool {
    Command::new("id").arg("-u").output().map_or(true, |o| o.stdout.starts_with(b"0\n"))
}

/// Whether everybody can propose code to a repository, which would then run here.
fn is_public(plan: &Plan) -> bool {
    ureq::get(&format!("{}.json", plan.url))
        .call()
        .ok()
        .and_then(|r| r.into_json::<Repository>().ok())
        .map_or(false, |r| !r.private)
}

fn fetch(archive: &Archive, to: &Path) -> Result<(), SetupError> {
    let mut data = Vec::new();
    ureq::get(&archive.address)
        .call()
        .map_err(|e| SetupError::Net(e.to_string()))?
        .into_reader()
        .take(512 << 20)
        .read_to_end(&mut data)?;
    let found = hex::encode(Sha256::digest(&data));
    if found != archive.sha256 {
        return Err(SetupError::Digest(found));
    }
    fs::write(to, data)?;
    Ok(())
}

fn step(name: &'static str, command: &mut Command) -> Result<(), SetupError> {
    if command.status()?.success() {
        Ok(())
    } else {
        Err(SetupError::Step(name))
    }
}

impl Plan {
    /// Fetches, unpacks and registers the runner, and installs it as a service.
    pub fn run(&self, archive: &Archive) -> Result<(), SetupError> {
        if is_root() {
            return Err(SetupError::Root);
        }
        if !self.allow_public && is_public(self) {
            return Err(SetupError::Public(self.url.clone()));
        }
        fs::create_dir_all(&self.folder)?;
        let file = self.folder.join("runner.tar.gz");
        fetch(archive, &file)?;
        step("unpack", Command::new("tar").arg("xzf").arg(&file).arg("-C").arg(&self.folder))?;
        fs::remove_file(&file)?;
        println!("registering {} at {}", self.name, self.url);
        step(
            "register",
            Command::new("./config.sh")
                .current_dir(&self.folder)
                .args(["--unattended", "--ephemeral", "--url", &self.url, "--name", &self.name])
                .args(["--labels", &self.labels.join(",")])
                .args(["--token", &self.token]),
        )?;
        step("service", Command::new("sudo").current_dir(&self.folder).args(["./svc.sh", "install"]))?;
        step("start", Command::new("sudo").current_dir(&self.folder).args(["./svc.sh", "start"]))
    }

    /// Takes the runner away again.
    pub fn remove(&self) -> Result<(), SetupError> {
        step("stop", Command::new("sudo").current_dir(&self.folder).args(["./svc.sh", "stop"]))?;
        step("uninstall", Command::new("sudo").current_dir(&self.folder).args(["./svc.sh", "uninstall"]))?;
        step("unregister", Command::new("./config.sh").current_dir(&self.folder).args(["remove", "--token", &self.token]))
    }
}

inert_fixture_does_not_build!();
