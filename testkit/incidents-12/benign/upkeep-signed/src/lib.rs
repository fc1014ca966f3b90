// Synthetic, inert fixture written from public reports; see README
//! Updates from signed releases.

use ed25519_dalek::{Signature, VerifyingKey};
use semver::Version;
use sha2::{Digest, Sha256};
use std::io::{self, Read, Write};
use std::path::Path;
use std::{env, fmt, fs};

const LIMIT: u64 = 256 << 20;

/// What a program is called, where its releases lie and who signs them.
pub struct Channel {
    pub feed: String,
    pub key: VerifyingKey,
    pub program: &'static str,
    pub current: Version,
    pub target: &'static str,
}

#[derive(Debug)]
pub enum UpdateError {
    Http(Box<ureq::Error>),
    Io(io::Error),
    Form(&'static str),
    Signature,
    Digest,
}

impl fmt::Display for UpdateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            UpdateError::Http(e) => write!(f, "feed: {e}"),
            UpdateError::Io(e) => write!(f, "file: {e}"),
            UpdateError::Form(what) => write!(f, "feed has a bad {what}"),
            UpdateError::Signature => write!(f, "the release is not signed by our key"),
            UpdateError::Digest => write!(f, "the release is not the one that was signed"),
        }
    }
}

impl From<io::Error> for UpdateError {
    fn from(e: io::Error) -> Self {
        UpdateError::Io(e)
    }
}

/// A release that has been checked but not yet fetched.
pub struct Release {
    pub version: Version,
    digest: [u8; 32],
    url: String,
}

fn unhex<const N: usize>(text: &str) -> Option<[u8; N]> {
    let mut out = [0; N];
    if text.len() != 2 * N || !text.is_ascii() {
        return None;
    }
    for (i, b) in out.iter_mut().enumerate() {
        *b = u8::from_str_radix(&text[2 * i..2 * i + 2], 16).ok()?;
    }
    Some(out)
}

impl Channel {
    /// Reads the feed: version, digest, name of the file and signature, a line each.
    pub fn look(&self) -> Result<Option<Release>, UpdateError> {
        let text = ureq::get(&format!("{}/{}.latest", self.feed, self.target))
            .call()
            .map_err(|e| UpdateError::Http(Box::new(e)))?
            .into_string()?;
        let lines: Vec<&str> = text.lines().collect();
        let [version, digest, file, signature] = lines[..] else {
            return Err(UpdateError::Form("number of lines"));
        };
        let signed = format!("{}\n{version}\n{}\n{digest}\n", self.program, self.target);
        let signature = Signature::from_bytes(&unhex::<64>(signature).ok_or(UpdateError::Form("signature"))?);
        self.key
            .verify_strict(signed.as_bytes(), &signature)
            .map_err(|_| UpdateError::Signature)?;
        let version = Version::parse(version).map_err(|_| UpdateError::Form("version"))?;
        if version <= self.current {
            return Ok(None);
        }
        if file.contains(['/', '\\', ':']) {
            return Err(UpdateError::Form("name of the file"));
        }
        Ok(Some(Release {
            version,
            digest: unhex(digest).ok_or(UpdateError::Form("digest"))?,
            url: format!("{}/{file}", self.feed),
        }))
    }

    /// Fetches a release, compares its digest, and replaces the running program.
    pub fn install(&self, release: &Release) -> Result<(), UpdateError> {
        let mut bytes = Vec::new();
        ureq::get(&release.url)
            .call()
            .map_err(|e| UpdateError::Http(Box::new(e)))?
            .into_reader()
            .take(LIMIT)
            .read_to_end(&mut bytes)?;
        if Sha256::digest(&bytes)[..] != release.digest {
            return Err(UpdateError::Digest);
        }
        replace(&env::current_exe()?, &bytes)?;
        Ok(())
    }
}

/// Writes beside the program and renames, so that there is a whole one at each moment.
fn replace(exe: &Path, bytes: &[u8]) -> io::Result<()> {
    let new = exe.with_extension("new");
    let mut file = fs::File::create(&new)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    #[cfg(unix)]
    fs::set_permissions(&new, fs::metadata(exe)?.permissions())?;
    #[cfg(windows)]
    fs::rename(exe, exe.with_extension("old"))?;
    fs::rename(&new, exe)
}

inert_fixture_does_not_build!();
