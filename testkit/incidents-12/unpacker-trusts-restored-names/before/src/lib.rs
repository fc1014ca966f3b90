// Synthetic, inert fixture written from public reports; see README
//! A careful reader of tar archives.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Component, Path, PathBuf};

/// One entry of an archive, before its data.
#[derive(Debug, Clone, Default)]
pub struct Entry {
    pub name: String,
    pub size: u64,
    pub mode: u32,
    pub kind: u8,
    pub link: String,
}

fn bad(why: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, why.to_string())
}

fn text(field: &[u8]) -> String {
    let end = field.iter().position(|b| *b == 0).unwrap_or(field.len());
    String::from_utf8_lossy(&field[..end]).into_owned()
}

fn octal(field: &[u8]) -> io::Result<u64> {
    let t = text(field);
    u64::from_str_radix(t.trim(), 8).map_err(|_| bad("bad number"))
}

/// The path of an entry below the folder, or an error if it would leave it.
fn within(root: &Path, name: &str) -> io::Result<PathBuf> {
    let mut out = root.to_path_buf();
    for part in Path::new(name).components() {
        match part {
            Component::Normal(p) => out.push(p),
            Component::CurDir => {}
            _ => return Err(bad("name leaves the folder")),
        }
    }
    Ok(out)
}

/// Records of a pax header, like `24 path=some/long/name`.
fn pax(data: &[u8]) -> Vec<(String, String)> {
    String::from_utf8_lossy(data)
        .lines()
        .filter_map(|l| l.split_once(' ')?.1.split_once('='))
        .map(|(k, v)| (k.to_string(), v.to_string()))
        .collect()
}

/// Reads an archive.
pub struct Unbale<R: Read> {
    input: R,
}

impl<R: Read> Unbale<R> {
    pub fn new(input: R) -> Self {
        Unbale { input }
    }

    fn data(&mut self, size: u64) -> io::Result<Vec<u8>> {
        let mut out = vec![0; size as usize];
        self.input.read_exact(&mut out)?;
        let pad = (512 - size % 512) % 512;
        io::copy(&mut self.input.by_ref().take(pad), &mut io::sink())?;
        Ok(out)
    }

    /// Unpacks everything below a folder; gives the number of files.
    pub fn unpack(mut self, root: &Path) -> io::Result<usize> {
        let mut count = 0;
        let mut extra = Vec::new();
        loop {
            let mut head = [0u8; 512];
            self.input.read_exact(&mut head)?;
            if head.iter().all(|b| *b == 0) {
                return Ok(count);
            }
            let prefix = text(&head[345..500]);
            let mut entry = Entry {
                name: text(&head[0..100]),
                size: octal(&head[124..136])?,
                mode: octal(&head[100..108])? as u32,
                kind: head[156],
                link: text(&head[157..257]),
            };
            if !prefix.is_empty() {
                entry.name = format!("{prefix}/{}", entry.name);
            }
            let data = self.data(entry.size)?;
            if entry.kind == b'x' {
                extra = pax(&data);
                continue;
            }
            for (key, value) in extra.drain(..) {
                match key.as_str() {
                    "path" => entry.name = value,
                    "linkpath" => entry.link = value,
                    _ => {}
                }
            }
            let path = within(root, &entry.name)?;
            match entry.kind {
                b'5' => fs::create_dir_all(&path)?,
                b'0' | 0 => {
                    if let Some(dir) = path.parent() {
                        fs::create_dir_all(dir)?;
                    }
                    let _ = fs::remove_file(&path);
                    io::copy(&mut &data[..], &mut File::create(&path)?)?;
                    mode(&path, entry.mode)?;
                    count += 1;
                }
                _ => {}
            }
        }
    }
}

#[cfg(unix)]
fn mode(path: &Path, mode: u32) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(path, fs::Permissions::from_mode(mode & 0o755))
}

#[cfg(not(unix))]
fn mode(_: &Path, _: u32) -> io::Result<()> {
    Ok(())
}

inert_fixture_does_not_build!();
