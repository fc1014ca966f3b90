// Synthetic, inert fixture written from public reports; see README
//! Signed updates.

use minisign_verify::{PublicKey, Signature};
use semver::Version;
use std::{fs, io::{self, Read}, path::Path};

/// Largest file that is taken.
const LIMIT: u64 = 200 * 1024 * 1024;

/// Where releases are and which key signs them.
pub struct Channel<'a> {
    pub base: &'a str,
    pub key: &'a str,
    pub current: Version,
    pub target: &'a str,
}

/// A release that is newer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Release {
    pub version: Version,
    file: String,
}

#[derive(Debug)]
pub enum Error {
    Address,
    Http(Box<ureq::Error>),
    Io(io::Error),
    Feed,
    Key,
    Signature,
    OtherRelease,
}

impl From<io::Error> for Error {
    fn from(e: io::Error) -> Self {
        Error::Io(e)
    }
}

impl From<ureq::Error> for Error {
    fn from(e: ureq::Error) -> Self {
        Error::Http(Box::new(e))
    }
}

fn get(url: &str, limit: u64) -> Result<Vec<u8>, Error> {
    let mut bytes = Vec::new();
    ureq::get(url).call()?.into_reader().take(limit).read_to_end(&mut bytes)?;
    Ok(bytes)
}

impl Channel<'_> {
    fn url(&self, file: &str) -> Result<String, Error> {
        if !self.base.starts_with("https://") || file.contains(['/', '\\']) {
            return Err(Error::Address);
        }
        Ok(format!("{}/{file}", self.base.trim_end_matches('/')))
    }

    /// The newest release, if it is newer than this program.
    pub fn check(&self) -> Result<Option<Release>, Error> {
        let text = get(&self.url("latest.txt")?, 4096)?;
        let text = String::from_utf8(text).map_err(|_| Error::Feed)?;
        let version: Version = text.trim().parse().map_err(|_| Error::Feed)?;
        if version <= self.current {
            return Ok(None);
        }
        let file = format!("{version}-{}", self.target);
        Ok(Some(Release { version, file }))
    }

    /// Checks and installs a release in the place of the running program.
    pub fn install(&self, release: &Release) -> Result<(), Error> {
        let program = get(&self.url(&release.file)?, LIMIT)?;
        let signature = get(&self.url(&format!("{}.minisig", release.file))?, 8192)?;
        let signature = String::from_utf8(signature).map_err(|_| Error::Signature)?;
        self.verify(release, &program, &signature)?;
        replace(&std::env::current_exe()?, &program)?;
        Ok(())
    }

    fn verify(&self, release: &Release, program: &[u8], signature: &str) -> Result<(), Error> {
        let key = PublicKey::from_base64(self.key).map_err(|_| Error::Key)?;
        let signature = Signature::decode(signature).map_err(|_| Error::Signature)?;
        key.verify(program, &signature, false).map_err(|_| Error::Signature)?;
        let expected = format!("version:{} target:{}", release.version, self.target);
        if signature.trusted_comment() != expected {
            return Err(Error::OtherRelease);
        }
        Ok(())
    }
}

/// Puts the new file beside the old one and renames it over it.
fn replace(exe: &Path, program: &[u8]) -> io::Result<()> {
    let folder = exe.parent().ok_or(io::ErrorKind::NotFound)?;
    let mut new = tempfile::NamedTempFile::new_in(folder)?;
    io::Write::write_all(&mut new, program)?;
    new.as_file().sync_all()?;
    fs::set_permissions(new.path(), fs::metadata(exe)?.permissions())?;
    #[cfg(windows)]
    {
        let old = exe.with_extension("old");
        let _ = fs::remove_file(&old);
        fs::rename(exe, &old)?;
    }
    new.persist(exe).map_err(|e| e.error)?;
    Ok(())
}

inert_fixture_does_not_build!();
