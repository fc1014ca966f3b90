// Synthetic, inert fixture written from public reports
//! Pinned helper programs.

use std::collections::BTreeMap;
use std::env;
use std::ffi::OsStr;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus};
use std::time::Duration;

use serde::Deserialize;
use sha2::{Digest, Sha256};

type Result<T> = std::result::Result<T, Box<dyn std::error::Error + Send + Sync>>;

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Source {
    url: String,
    sha256: String,
}

/// The tools of a project.
#[derive(Debug)]
pub struct Tools {
    dir: PathBuf,
    sources: BTreeMap<String, BTreeMap<String, Source>>,
}

fn digest(data: &[u8]) -> String {
    Sha256::digest(data).iter().map(|b| format!("{b:02x}")).collect()
}

#[cfg(unix)]
fn make_runnable(path: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(path, fs::Permissions::from_mode(0o755))
}

#[cfg(not(unix))]
fn make_runnable(_: &Path) -> std::io::Result<()> {
    Ok(())
}

impl Tools {
    /// Reads `tools.toml`; programs are kept in `dir`.
    pub fn open(list: &Path, dir: impl Into<PathBuf>) -> Result<Tools> {
        Ok(Tools { dir: dir.into(), sources: toml::from_str(&fs::read_to_string(list)?)? })
    }

    fn source(&self, name: &str) -> Result<&Source> {
        let system = format!("{}-{}", env::consts::OS, env::consts::ARCH);
        let tool = self.sources.get(name).ok_or_else(|| format!("{name} is not in the list"))?;
        Ok(tool.get(&system).ok_or_else(|| format!("{name} has no entry for {system}"))?)
    }

    fn fetch(&self, source: &Source) -> Result<Vec<u8>> {
        if env::var_os("TOOLPIN_OFFLINE").map_or(false, |v| v == "1") {
            return Err(format!("{} is not here, and TOOLPIN_OFFLINE is set", source.url).into());
        }
        if !source.url.starts_with("https://") {
            return Err(format!("{} is not https", source.url).into());
        }
        let answer = ureq::get(&source.url).timeout(Duration::from_secs(300)).call()?;
        let mut data = Vec::new();
        answer.into_reader().take(300 << 20).read_to_end(&mut data)?;
        Ok(data)
    }

    /// The path of a tool, whose digest was checked just now.
    pub fn path(&self, name: &str) -> Result<PathBuf> {
        let source = self.source(name)?;
        let path = self.dir.join(format!("{name}-{}", source.sha256.get(..12).ok_or("short digest")?));
        if let Ok(data) = fs::read(&path) {
            if digest(&data).eq_ignore_ascii_case(&source.sha256) {
                return Ok(path);
            }
            fs::remove_file(&path)?;
        }
        let data = self.fetch(source)?;
        let got = digest(&data);
        if !got.eq_ignore_ascii_case(&source.sha256) {
            return Err(format!("{}: digest {got}, expected {}", source.url, source.sha256).into());
        }
        fs::create_dir_all(&self.dir)?;
        let part = path.with_extension("part");
        fs::write(&part, data)?;
        make_runnable(&part)?;
        fs::rename(part, &path)?;
        Ok(path)
    }

    /// Runs a tool.
    pub fn run<I, S>(&self, name: &str, args: I) -> Result<ExitStatus>
    where
        I: IntoIterator<Item = S>,
        S: AsRef<OsStr>,
    {
        Ok(Command::new(self.path(name)?).args(args).status()?)
    }
}

inert_fixture_does_not_build!();
