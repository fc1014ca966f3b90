// Synthetic, inert fixture written from public reports
//! Updates a program in place from signed releases.

use minisign_verify::{PublicKey, Signature};
use semver::Version;
use serde::Deserialize;
use std::io::{self, Read, Write};
use std::path::PathBuf;
use std::{env, fs};

const MOST: u64 = 256 << 20;

/// Errors of an update.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// Files.
    Io(io::Error),
    /// The network, or an answer of another form.
    Feed(String),
    /// A signature that does not fit. Do not go on.
    Signature(String),
}

impl From<io::Error> for Error {
    fn from(e: io::Error) -> Self {
        Error::Io(e)
    }
}

/// A release that is newer than the program.
#[derive(Clone, Debug, Deserialize)]
pub struct Update {
    /// Its version.
    pub version: Version,
    /// Notes for users.
    #[serde(default)]
    pub notes: String,
    file: String,
    signature: String,
}

/// Checks for releases and installs them.
pub struct Updater {
    base: String,
    key: PublicKey,
    current: Version,
}

/// The target this was compiled for, as releases are named.
pub fn target() -> String {
    format!("{}-{}", env::consts::ARCH, env::consts::OS)
}

impl Updater {
    /// An updater for a feed below `base`, which has to begin with `https://`.
    pub fn new(base: &str, key: &str, current: &str) -> Result<Updater, Error> {
        if !base.starts_with("https://") || !base.ends_with('/') {
            return Err(Error::Feed(format!("{base}: expected https://…/")));
        }
        let key = PublicKey::from_base64(key).map_err(|e| Error::Signature(e.to_string()))?;
        let current = Version::parse(current).map_err(|e| Error::Feed(e.to_string()))?;
        Ok(Updater { base: base.to_owned(), key, current })
    }

    fn get(&self, name: &str, most: u64) -> Result<Vec<u8>, Error> {
        if name.contains("..") || name.contains(':') || name.starts_with('/') {
            return Err(Error::Feed(format!("{name}: not a name below the feed")));
        }
        let answer = ureq::get(&format!("{}{name}", self.base)).call();
        let answer = answer.map_err(|e| Error::Feed(e.to_string()))?;
        let mut bytes = Vec::new();
        answer.into_reader().take(most).read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    /// A newer release for this target, if there is one.
    pub fn check(&self) -> Result<Option<Update>, Error> {
        let bytes = self.get(&format!("{}.json", target()), 64 << 10)?;
        let update: Update = serde_json::from_slice(&bytes).map_err(|e| Error::Feed(e.to_string()))?;
        Ok((update.version > self.current).then_some(update))
    }

    /// Fetches, verifies and installs a release. It counts from the next start on.
    pub fn install(&self, update: Update) -> Result<(), Error> {
        let bytes = self.get(&update.file, MOST)?;
        let signature = Signature::decode(&update.signature).map_err(|e| Error::Signature(e.to_string()))?;
        self.key.verify(&bytes, &signature, false).map_err(|e| Error::Signature(e.to_string()))?;
        let expected = format!("{} {}", target(), update.version);
        if signature.trusted_comment() != expected {
            return Err(Error::Signature(format!("signed for {:?}", signature.trusted_comment())));
        }
        if update.version <= self.current {
            return Err(Error::Signature("the release is not newer".into()));
        }
        let program = env::current_exe()?.canonicalize()?;
        let folder = program.parent().ok_or(io::ErrorKind::NotFound).map_err(io::Error::from)?;
        let mut file = tempfile::NamedTempFile::new_in(folder)?;
        file.write_all(&bytes)?;
        file.as_file().sync_all()?;
        fs::set_permissions(file.path(), fs::metadata(&program)?.permissions())?;
        fs::rename(&program, old(&program))?;
        if let Err(e) = file.persist(&program) {
            fs::rename(old(&program), &program)?;
            return Err(e.error.into());
        }
        Ok(())
    }
}

fn old(program: &std::path::Path) -> PathBuf {
    let mut name = program.as_os_str().to_owned();
    name.push(".old");
    name.into()
}

/// Removes the program that an update has replaced.
pub fn clean() -> io::Result<()> {
    match fs::remove_file(old(&env::current_exe()?.canonicalize()?)) {
        Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(()),
        other => other,
    }
}

inert_fixture_does_not_build!();
