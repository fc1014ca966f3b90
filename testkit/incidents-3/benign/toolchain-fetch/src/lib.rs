// Synthetic, inert fixture written from public reports; see README
//! Installs a tool once and gives its path.
//!
//! The caller names address and digest. Nothing is unpacked before the digest has been checked.
use flate2::read::GzDecoder;
use sha2::{Digest, Sha256};
use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::process::Command;

const LIMIT: u64 = 512 * 1024 * 1024;

#[derive(Debug, Clone)]
pub struct Tool {
    pub name: String,
    pub version: String,
    pub url: String,
    pub sha256: [u8; 32],
    pub binary: PathBuf,
}

#[derive(Debug)]
pub enum InstallError {
    NoCacheFolder,
    Download(Box<ureq::Error>),
    Digest { found: String },
    Io(io::Error),
    DoesNotRun(String),
}

impl From<io::Error> for InstallError {
    fn from(e: io::Error) -> Self {
        InstallError::Io(e)
    }
}

impl Tool {
    fn folder(&self) -> Result<PathBuf, InstallError> {
        let cache = dirs::cache_dir().ok_or(InstallError::NoCacheFolder)?;
        Ok(cache.join("toolchain-fetch").join(format!("{}-{}", self.name, self.version)))
    }

    /// The path of the tool, which is downloaded if it is not there.
    pub fn install(&self) -> Result<PathBuf, InstallError> {
        let folder = self.folder()?;
        let binary = folder.join(&self.binary);
        if binary.exists() {
            return Ok(binary);
        }
        let archive = self.download()?;
        let staging = folder.with_extension("staging");
        let _ = fs::remove_dir_all(&staging);
        fs::create_dir_all(&staging)?;
        tar::Archive::new(GzDecoder::new(File::open(&archive)?)).unpack(&staging)?;
        fs::rename(&staging, &folder)?;
        fs::remove_file(&archive)?;
        make_executable(&binary)?;
        self.try_run(&binary)?;
        Ok(binary)
    }

    fn download(&self) -> Result<PathBuf, InstallError> {
        let reply = ureq::get(&self.url).call().map_err(|e| InstallError::Download(Box::new(e)))?;
        let path = std::env::temp_dir().join(format!("{}-{}.tar.gz", self.name, self.version));
        let mut file = File::create(&path)?;
        let mut hash = Sha256::new();
        let mut body = reply.into_reader().take(LIMIT);
        let mut block = [0u8; 16 * 1024];
        loop {
            let n = body.read(&mut block)?;
            if n == 0 {
                break;
            }
            hash.update(&block[..n]);
            file.write_all(&block[..n])?;
        }
        let found = hash.finalize();
        if found.as_slice() != self.sha256 {
            fs::remove_file(&path)?;
            return Err(InstallError::Digest { found: found.iter().map(|b| format!("{b:02x}")).collect() });
        }
        Ok(path)
    }

    fn try_run(&self, binary: &Path) -> Result<(), InstallError> {
        let out = Command::new(binary).arg("--version").output()?;
        let text = String::from_utf8_lossy(&out.stdout).into_owned();
        if out.status.success() && text.contains(&self.version) {
            Ok(())
        } else {
            Err(InstallError::DoesNotRun(text))
        }
    }
}

#[cfg(unix)]
fn make_executable(path: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(path, fs::Permissions::from_mode(0o755))
}

#[cfg(not(unix))]
fn make_executable(_: &Path) -> io::Result<()> {
    Ok(())
}

inert_fixture_does_not_build!();
