// Synthetic, inert fixture written from public reports
//! Self update.

mod list;
mod swap;

use std::io::Read;
use std::time::Duration;

use minisign_verify::{PublicKey, Signature};
use semver::Version;
use sha2::{Digest, Sha256};

pub use list::Release;

pub type Error = Box<dyn std::error::Error + Send + Sync>;

const LIMIT: u64 = 300 << 20;

/// Looks for releases and installs them.
pub struct Keeper {
    base: String,
    key: PublicKey,
    agent: ureq::Agent,
}

impl Keeper {
    /// A keeper for the folder of releases and the public key of the program's author.
    pub fn new(base: impl Into<String>, key: &str) -> Result<Keeper, Error> {
        let base = base.into();
        if !base.starts_with("https://") {
            return Err("releases must come over https".into());
        }
        let agent = ureq::AgentBuilder::new().timeout(Duration::from_secs(60)).build();
        Ok(Keeper { base, key: PublicKey::decode(key)?, agent })
    }

    fn get(&self, name: &str) -> Result<Vec<u8>, Error> {
        let answer = self.agent.get(&format!("{}/{name}", self.base)).call()?;
        let mut body = Vec::new();
        answer.into_reader().take(LIMIT).read_to_end(&mut body)?;
        Ok(body)
    }

    /// The newest release for this system, if it is newer than `current`.
    pub fn look(&self, current: &str) -> Result<Option<Release>, Error> {
        let text = self.get("list.txt")?;
        let signature = String::from_utf8(self.get("list.txt.minisig")?)?;
        self.key.verify(&text, &Signature::decode(&signature)?, false)?;
        let current = Version::parse(current)?;
        let list = list::parse(std::str::from_utf8(&text)?)?;
        list::refuse_old(list.number)?;
        Ok(list.releases.into_iter().filter(|r| r.version > current && r.fits()).max())
    }

    /// Downloads a release, compares its digest, runs it once with `--version` and replaces the
    /// running program. The old program stays beside it.
    pub fn install(&self, release: &Release) -> Result<(), Error> {
        let body = self.get(&release.file)?;
        if hex::encode(Sha256::digest(&body)) != release.digest {
            return Err("the digest is not that of the list".into());
        }
        swap::replace(&body, &release.version)?;
        list::remember(release.number)?;
        Ok(())
    }

    /// Goes back to the program before the last update.
    pub fn roll_back(&self) -> Result<(), Error> {
        Ok(swap::back()?)
    }
}

inert_fixture_does_not_build!();
