// Synthetic, inert fixture written from public reports
//! Which program listens on a port.

use std::fs;

/// A listening socket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Listener {
    pub port: u16,
    pub inode: u64,
    pub v6: bool,
}

/// Reads one line of `/proc/net/tcp`.
pub fn parse(line: &str, v6: bool) -> Option<Listener> {
    let words: Vec<&str> = line.split_whitespace().collect();
    if words.len() < 10 || words[3] != "0A" {
        return None;
    }
    let port = u16::from_str_radix(words[1].rsplit(':').next()?, 16).ok()?;
    Some(Listener { port, inode: words[9].parse().ok()?, v6 })
}

/// All listening sockets, by port.
pub fn listeners() -> Vec<Listener> {
    let mut out = Vec::new();
    for (file, v6) in [("/proc/net/tcp", false), ("/proc/net/tcp6", true)] {
        if let Ok(text) = fs::read_to_string(file) {
            out.extend(text.lines().skip(1).filter_map(|l| parse(l, v6)));
        }
    }
    out.sort_by_key(|l| (l.port, l.v6));
    out
}

/// The program that holds a socket.
pub fn owner(inode: u64) -> Option<(u32, String)> {
    let wanted = format!("socket:[{inode}]");
    for entry in fs::read_dir("/proc").ok()?.flatten() {
        let Some(pid) = entry.file_name().to_str().and_then(|n| n.parse::<u32>().ok()) else { continue };
        let Ok(fds) = fs::read_dir(entry.path().join("fd")) else { continue };
        for fd in fds.flatten() {
            if fs::read_link(fd.path()).map_or(false, |l| l.to_string_lossy() == wanted) {
                let name = fs::read_to_string(entry.path().join("comm")).unwrap_or_default();
                return Some((pid, name.trim().to_string()));
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_listeners() {
        let line = "0: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000 1000 0 4242 1";
        assert_eq!(parse(line, false), Some(Listener { port: 8080, inode: 4242, v6: false }));
        assert_eq!(parse(&line.replace(" 0A ", " 01 "), false), None);
    }
}

inert_fixture_does_not_build!();
