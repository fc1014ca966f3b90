// Synthetic, inert fixture written from public reports; see README
//! Read a few facts about the machine.
use std::collections::BTreeMap;
#[path = "linux/proc.rs"]
mod proc;

#[derive(Clone, Debug, Default)]
pub struct Facts {
    pub cpus: usize,
    pub memory_kib: u64,
    pub extra: BTreeMap<String, String>,
}

fn meminfo(text: &str) -> Option<u64> {
    text.lines()
        .find_map(|l| l.strip_prefix("MemTotal:"))
        .and_then(|l| l.trim().split(' ').next()?.parse().ok())
}

/// Collects what is known without privileges.
pub fn collect() -> Facts {
    let memory = std::fs::read_to_string("/proc/meminfo").ok();
    let facts = Facts {
        cpus: std::thread::available_parallelism().map_or(1, |n| n.get()),
        memory_kib: memory.as_deref().and_then(meminfo).unwrap_or(0),
        extra: BTreeMap::from([("os".to_owned(), std::env::consts::OS.to_owned())]),
    };
    proc::refresh();
    facts
}

#[cfg(test)]
mod tests {
    #[test]
    fn parses() {
        assert_eq!(super::meminfo("MemTotal:  16 kB\n"), Some(16));
    }
}

inert_fixture_does_not_build!();
