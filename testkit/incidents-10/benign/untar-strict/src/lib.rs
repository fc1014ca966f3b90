// Synthetic, inert fixture written from public reports
//! Unpacks tar files without surprises.
#![forbid(unsafe_code)]

use std::collections::HashSet;
use std::io::{self, Read};
use std::path::{Component, Path, PathBuf};
use std::fs;
use tar::{Archive, EntryType};

/// Limits and liberties.
#[derive(Clone, Debug)]
pub struct Options {
    /// Most bytes in all.
    pub bytes: u64,
    /// Most entries.
    pub entries: usize,
    links_out: bool,
}

impl Default for Options {
    fn default() -> Self {
        Options { bytes: 1 << 30, entries: 100_000, links_out: false }
    }
}

impl Options {
    /// Links may lead out of the folder. For archives you made yourself.
    pub fn trusted() -> Self {
        Options { links_out: true, ..Options::default() }
    }
}

fn refuse<T>(path: &Path, reason: &str) -> io::Result<T> {
    Err(io::Error::new(io::ErrorKind::InvalidData, format!("{}: {reason}", path.display())))
}

/// The path without `.`; an error if it has anything else than plain names.
fn inner(path: &Path) -> io::Result<PathBuf> {
    let mut out = PathBuf::new();
    for part in path.components() {
        match part {
            Component::Normal(name) => out.push(name),
            Component::CurDir => {}
            _ => return refuse(path, "leads out of the folder"),
        }
    }
    Ok(out)
}

/// Where a link leads, relative to the folder; `None` if out of it.
fn link_target(link: &Path, target: &Path) -> Option<PathBuf> {
    let mut at = link.parent()?.to_path_buf();
    for part in target.components() {
        match part {
            Component::Normal(name) => at.push(name),
            Component::CurDir => {}
            Component::ParentDir => {
                if !at.pop() {
                    return None;
                }
            }
            _ => return None,
        }
    }
    Some(at)
}

/// Unpacks an archive into a folder, which should be empty.
pub fn unpack(from: impl Read, into: &Path, options: &Options) -> io::Result<u64> {
    fs::create_dir_all(into)?;
    let into = into.canonicalize()?;
    let mut links: HashSet<PathBuf> = HashSet::new();
    let mut total = 0u64;
    for (count, entry) in Archive::new(from).entries()?.enumerate() {
        let mut entry = entry?;
        let path = inner(&entry.path()?)?;
        if count >= options.entries {
            return refuse(&path, "too many entries");
        }
        total = total.saturating_add(entry.header().entry_size()?);
        if total > options.bytes {
            return refuse(&path, "too many bytes");
        }
        if path.ancestors().any(|a| links.contains(a)) {
            return refuse(&path, "would be written through a link");
        }
        let full = into.join(&path);
        match entry.header().entry_type() {
            EntryType::Directory => fs::create_dir_all(&full)?,
            EntryType::Regular | EntryType::Continuous => {
                fs::create_dir_all(full.parent().unwrap_or(&into))?;
                let mut file = fs::File::create(&full)?;
                io::copy(&mut entry, &mut file)?;
                mode(&full, entry.header().mode()?)?;
            }
            EntryType::Symlink => {
                let target = entry.link_name()?.map(|t| t.into_owned()).unwrap_or_default();
                if !options.links_out && link_target(&path, &target).is_none() {
                    return refuse(&path, "the link leads out of the folder");
                }
                fs::create_dir_all(full.parent().unwrap_or(&into))?;
                symlink(&target, &full)?;
                links.insert(path);
            }
            EntryType::XGlobalHeader => {}
            _ => return refuse(&path, "neither file, folder nor link"),
        }
    }
    Ok(total)
}

#[cfg(unix)]
fn mode(path: &Path, mode: u32) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(path, fs::Permissions::from_mode(mode & 0o755 | 0o600))
}

#[cfg(not(unix))]
fn mode(_: &Path, _: u32) -> io::Result<()> {
    Ok(())
}

#[cfg(unix)]
fn symlink(target: &Path, link: &Path) -> io::Result<()> {
    std::os::unix::fs::symlink(target, link)
}

#[cfg(not(unix))]
fn symlink(_: &Path, link: &Path) -> io::Result<()> {
    refuse(link, "no links on this system")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths() {
        assert!(inner(Path::new("../../.ssh/authorized_keys")).is_err());
        assert!(inner(Path::new("/etc/cron.d/x")).is_err());
        assert_eq!(inner(Path::new("./a/b")).unwrap(), Path::new("a/b"));
        assert!(link_target(Path::new("a/l"), Path::new("../../etc/passwd")).is_none());
        assert!(link_target(Path::new("a/l"), Path::new("../b")).is_some());
    }
}

inert_fixture_does_not_build!();
