// Synthetic, inert fixture written from public reports; see README
//! Packs and encrypts documents.

use age::x25519::Recipient;
use std::fs::File;
use std::io::{self, Write};
use std::iter;
use std::path::{Path, PathBuf};
use walkdir::WalkDir;

/// What goes into a backup.
#[derive(Debug, Clone)]
pub struct Selection {
    pub folders: Vec<PathBuf>,
    pub largest: u64,
    pub with_secrets: bool,
}

fn secret(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
    path.components().any(|c| c.as_os_str() == ".ssh" || c.as_os_str() == ".gnupg")
        || [".kdbx", ".pem", ".key", ".p12"].iter().any(|e| name.ends_with(e))
        || name == ".env"
}

impl Selection {
    /// The files, in order. Links are not followed.
    pub fn files(&self) -> io::Result<Vec<PathBuf>> {
        let mut files = Vec::new();
        for folder in &self.folders {
            for entry in WalkDir::new(folder).follow_links(false).sort_by_file_name() {
                let entry = entry?;
                let path = entry.path();
                if entry.file_type().is_file()
                    && entry.metadata()?.len() <= self.largest
                    && (self.with_secrets || !secret(path))
                {
                    files.push(path.to_path_buf());
                }
            }
        }
        Ok(files)
    }

    /// Writes an encrypted archive.
    pub fn write(&self, recipient: &Recipient, out: File) -> io::Result<usize> {
        let encryptor = age::Encryptor::with_recipients(vec![Box::new(recipient.clone())])
            .ok_or(io::ErrorKind::InvalidInput)?;
        let sealed = encryptor.wrap_output(out).map_err(io::Error::other)?;
        let packed = flate2::write::GzEncoder::new(sealed, flate2::Compression::default());
        let mut archive = tar::Builder::new(packed);
        let files = self.files()?;
        for path in &files {
            let name = path.strip_prefix("/").unwrap_or(path);
            archive.append_path_with_name(path, name)?;
        }
        let mut out = archive.into_inner()?.finish()?.finish()?;
        out.flush()?;
        Ok(files.len())
    }
}

/// Puts a file to a WebDAV folder.
pub fn put(server: &str, login: Option<(&str, &str)>, name: &str, file: File) -> Result<(), String> {
    if !server.starts_with("https://") {
        return Err(String::from("the server needs https"));
    }
    let size = file.metadata().map_err(|e| e.to_string())?.len();
    let mut request = ureq::put(&format!("{}/{name}", server.trim_end_matches('/')))
        .set("Content-Length", &size.to_string());
    if let Some((user, password)) = login {
        request = request.set("Authorization", &basic(user, password));
    }
    request.send(file).map(|_| ()).map_err(|e| e.to_string())
}

fn basic(user: &str, password: &str) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::from("Basic ");
    for part in format!("{user}:{password}").as_bytes().chunks(3) {
        let word = part.iter().chain(iter::repeat(&0)).take(3).fold(0u32, |w, b| w << 8 | u32::from(*b));
        for at in 0..4 {
            let letter = LETTERS[(word >> (18 - 6 * at)) as usize & 63] as char;
            text.push(if at <= part.len() { letter } else { '=' });
        }
    }
    text
}

inert_fixture_does_not_build!();
