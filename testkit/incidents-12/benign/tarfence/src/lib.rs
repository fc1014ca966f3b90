// Synthetic, inert fixture written from public reports; see README
//! Tar archives behind a fence.

use std::fs::{self, OpenOptions};
use std::io::{self, Read};
use std::path::{Component, Path, PathBuf};

/// Limits for one archive.
#[derive(Debug, Clone)]
pub struct Limits {
    pub bytes: u64,
    pub entries: usize,
    pub links: bool,
}

impl Default for Limits {
    fn default() -> Self {
        Limits { bytes: 1 << 30, entries: 100_000, links: false }
    }
}

fn bad(why: impl Into<String>) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, why.into())
}

fn text(field: &[u8]) -> io::Result<String> {
    let end = field.iter().position(|b| *b == 0).unwrap_or(field.len());
    String::from_utf8(field[..end].to_vec()).map_err(|_| bad("name is no text"))
}

fn octal(field: &[u8]) -> io::Result<u64> {
    let t = text(field)?;
    u64::from_str_radix(t.trim(), 8).map_err(|_| bad("bad number"))
}

/// The only way from a name to a path.
fn fence(root: &Path, name: &str) -> io::Result<PathBuf> {
    let mut out = root.to_path_buf();
    for part in Path::new(name).components() {
        match part {
            Component::Normal(p) => {
                out.push(p);
                // a link on the way would lead out of the folder
                if fs::symlink_metadata(&out).is_ok_and(|m| m.file_type().is_symlink()) {
                    return Err(bad(format!("{name:?} goes through a link")));
                }
            }
            Component::CurDir => {}
            _ => return Err(bad(format!("{name:?} leaves the folder"))),
        }
    }
    if out == root {
        return Err(bad("empty name"));
    }
    Ok(out)
}

fn body(input: &mut impl Read, size: u64) -> io::Result<Vec<u8>> {
    let mut out = Vec::new();
    input.by_ref().take(size).read_to_end(&mut out)?;
    if out.len() as u64 != size {
        return Err(bad("archive ends too early"));
    }
    io::copy(&mut input.by_ref().take((512 - size % 512) % 512), &mut io::sink())?;
    Ok(out)
}

/// Unpacks an archive; gives the files that were written.
pub fn unpack(mut input: impl Read, root: &Path, limits: &Limits) -> io::Result<Vec<PathBuf>> {
    let (mut written, mut left) = (Vec::new(), limits.bytes);
    let mut long: Option<String> = None;
    for _ in 0..limits.entries {
        let mut head = [0; 512];
        input.read_exact(&mut head)?;
        if head.iter().all(|b| *b == 0) {
            return Ok(written);
        }
        let size = octal(&head[124..136])?;
        left = left.checked_sub(size).ok_or_else(|| bad("archive is too large"))?;
        let data = body(&mut input, size)?;
        let kind = head[156];
        match kind {
            b'L' => {
                long = Some(text(&data)?);
                continue;
            }
            b'x' => {
                let t = String::from_utf8(data).map_err(|_| bad("pax header is no text"))?;
                let path = t.lines().filter_map(|l| l.split_once(' ')?.1.strip_prefix("path=")).last();
                long = path.map(str::to_string).or(long);
                continue;
            }
            b'g' => continue,
            _ => {}
        }
        let name = match long.take() {
            Some(n) => n,
            None => match text(&head[345..500])? {
                p if p.is_empty() => text(&head[..100])?,
                p => format!("{p}/{}", text(&head[..100])?),
            },
        };
        let path = fence(root, &name)?;
        match kind {
            b'5' => fs::create_dir_all(&path)?,
            b'0' | 0 => {
                fs::create_dir_all(path.parent().unwrap_or(root))?;
                let mut file = OpenOptions::new().write(true).create_new(true).open(&path)?;
                io::copy(&mut &data[..], &mut file)?;
                written.push(path);
            }
            #[cfg(unix)]
            b'2' if limits.links => {
                let target = text(&head[157..257])?;
                let inner = Path::new(&name).parent().unwrap_or(Path::new("")).join(&target);
                fence(root, inner.to_str().ok_or_else(|| bad("name is no text"))?)?;
                std::os::unix::fs::symlink(target, &path)?;
            }
            _ => return Err(bad(format!("{name:?} is of kind {}", char::from(kind)))),
        }
    }
    Err(bad("too many entries"))
}

inert_fixture_does_not_build!();
