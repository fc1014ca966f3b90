// Synthetic, inert fixture written from public reports
//! Memory of another process, to be read.

use std::fs::{self, File};
use std::io;
use std::ops::Range;
use std::os::unix::fs::FileExt;

/// A part of the address space.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Region {
    pub range: Range<u64>,
    pub readable: bool,
    pub writable: bool,
    pub executable: bool,
    pub path: String,
}

impl Region {
    /// A line of `/proc/<pid>/maps`.
    pub fn parse(line: &str) -> Option<Region> {
        let mut parts = line.split_whitespace();
        let (from, to) = parts.next()?.split_once('-')?;
        let rights = parts.next()?.as_bytes();
        let path = parts.nth(3).unwrap_or("").to_string();
        Some(Region {
            range: u64::from_str_radix(from, 16).ok()?..u64::from_str_radix(to, 16).ok()?,
            readable: *rights.first()? == b'r',
            writable: *rights.get(1)? == b'w',
            executable: *rights.get(2)? == b'x',
            path,
        })
    }

    fn special(&self) -> bool {
        self.path == "[vvar]" || self.path == "[vsyscall]" || self.path.starts_with("/dev/")
    }
}

/// A process whose memory is read.
pub struct Process {
    pid: libc::pid_t,
    mem: Option<File>,
}

impl Process {
    pub fn open(pid: u32) -> io::Result<Process> {
        fs::metadata(format!("/proc/{pid}"))?;
        Ok(Process { pid: pid as libc::pid_t, mem: File::open(format!("/proc/{pid}/mem")).ok() })
    }

    pub fn name(&self) -> io::Result<String> {
        Ok(fs::read_to_string(format!("/proc/{}/comm", self.pid))?.trim_end().to_string())
    }

    pub fn regions(&self) -> io::Result<Vec<Region>> {
        let maps = fs::read_to_string(format!("/proc/{}/maps", self.pid))?;
        Ok(maps.lines().filter_map(Region::parse).collect())
    }

    /// Reads at an address; fewer bytes are an error.
    pub fn read(&self, at: u64, buf: &mut [u8]) -> io::Result<()> {
        let local = libc::iovec { iov_base: buf.as_mut_ptr().cast(), iov_len: buf.len() };
        let remote = libc::iovec { iov_base: at as *mut _, iov_len: buf.len() };
        let n = unsafe { libc::process_vm_readv(self.pid, &local, 1, &remote, 1, 0) };
        if n == buf.len() as isize {
            return Ok(());
        }
        let error = io::Error::last_os_error();
        match &self.mem {
            Some(mem) if n < 0 => mem.read_exact_at(buf, at),
            _ if n >= 0 => Err(io::Error::from(io::ErrorKind::UnexpectedEof)),
            _ => Err(error),
        }
    }

    pub fn read_u32(&self, at: u64) -> io::Result<u32> {
        let mut b = [0; 4];
        self.read(at, &mut b)?;
        Ok(u32::from_ne_bytes(b))
    }

    /// Addresses in writable regions at which the bytes stand.
    pub fn find(&self, needle: &[u8], limit: usize) -> io::Result<Vec<u64>> {
        let mut found = Vec::new();
        if needle.is_empty() {
            return Ok(found);
        }
        let mut buf = vec![0u8; 1 << 16];
        for r in self.regions()?.iter().filter(|r| r.readable && r.writable && !r.special()) {
            let mut at = r.range.start;
            while at < r.range.end {
                let n = (r.range.end - at).min(buf.len() as u64) as usize;
                if self.read(at, &mut buf[..n]).is_ok() {
                    for (i, w) in buf[..n].windows(needle.len()).enumerate() {
                        if w == needle {
                            found.push(at + i as u64);
                            if found.len() == limit {
                                return Ok(found);
                            }
                        }
                    }
                }
                // windows across two blocks are seen once more
                let step = if n == buf.len() { n - needle.len() + 1 } else { n };
                at += step as u64;
            }
        }
        Ok(found)
    }

    /// Of these addresses, those at which the bytes stand now.
    pub fn narrow(&self, addresses: &[u64], needle: &[u8]) -> Vec<u64> {
        let mut buf = vec![0; needle.len()];
        addresses
            .iter()
            .copied()
            .filter(|a| self.read(*a, &mut buf).is_ok() && buf == needle)
            .collect()
    }
}

inert_fixture_does_not_build!();
