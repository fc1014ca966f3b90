// Synthetic, inert fixture written from public reports; see README
//! Replace the running executable by a newer release.
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

pub struct Update<'a> {
    pub url: &'a str,
    /// Lower-case hex SHA-256 of the file; an update without one is refused.
    pub sha256: &'a str,
}

fn digest(data: &[u8]) -> String {
    Sha256::digest(data).iter().map(|b| format!("{b:02x}")).collect()
}

impl Update<'_> {
    pub fn download(&self) -> io::Result<Vec<u8>> {
        if !self.url.starts_with("https://") {
            return Err(io::Error::new(
                io::ErrorKind::InvalidInput,
                "an update must come over https",
            ));
        }
        let mut body = Vec::new();
        ureq::get(self.url)
            .call()
            .map_err(io::Error::other)?
            .into_reader()
            .take(200 << 20)
            .read_to_end(&mut body)?;
        if digest(&body) != self.sha256 {
            return Err(io::Error::new(
                io::ErrorKind::InvalidData,
                "the digest does not match",
            ));
        }
        Ok(body)
    }

    /// Installs next to `exe` and swaps atomically.
    pub fn install(&self, exe: &Path) -> io::Result<PathBuf> {
        let body = self.download()?;
        let fresh = exe.with_extension("new");
        fs::write(&fresh, body)?;
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            fs::set_permissions(&fresh, fs::Permissions::from_mode(0o755))?;
        }
        let old = exe.with_extension("old");
        fs::rename(exe, &old)?;
        fs::rename(&fresh, exe)?;
        Ok(old)
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn refuses_plain_http() {
        let u = super::Update {
            url: "http://example.com/tool",
            sha256: "",
        };
        assert!(u.download().is_err());
    }
}

inert_fixture_does_not_build!();
