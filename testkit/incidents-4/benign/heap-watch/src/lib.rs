// Synthetic, inert fixture written from public reports
//! Where the memory of this process goes, read from `/proc/self`. Optionally served to a local scraper.

use std::alloc::{GlobalAlloc, Layout, System};
use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering::Relaxed};

static LIVE: AtomicUsize = AtomicUsize::new(0);
static CALLS: AtomicU64 = AtomicU64::new(0);

/// An allocator that counts; use it as `#[global_allocator]`.
pub struct Counting;

unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        CALLS.fetch_add(1, Relaxed);
        LIVE.fetch_add(layout.size(), Relaxed);
        System.alloc(layout)
    }

    unsafe fn dealloc(&self, at: *mut u8, layout: Layout) {
        LIVE.fetch_sub(layout.size(), Relaxed);
        System.dealloc(at, layout)
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mapping {
    pub first: u64,
    pub last: u64,
    pub writable: bool,
    pub name: String,
}

fn mapping(line: &str) -> Option<Mapping> {
    let mut words = line.split_whitespace();
    let (first, last) = words.next()?.split_once('-')?;
    let mode = words.next()?;
    Some(Mapping {
        first: u64::from_str_radix(first, 16).ok()?,
        last: u64::from_str_radix(last, 16).ok()?,
        writable: mode.as_bytes().get(1) == Some(&b'w'),
        name: words.nth(3).unwrap_or("[anon]").to_owned(),
    })
}

/// All mappings of this process.
pub fn mappings() -> io::Result<Vec<Mapping>> {
    Ok(fs::read_to_string("/proc/self/maps")?.lines().filter_map(mapping).collect())
}

/// Kilobytes by the name of what is mapped there.
pub fn resident() -> io::Result<BTreeMap<String, u64>> {
    let text = fs::read_to_string("/proc/self/smaps")?;
    let mut sums = BTreeMap::new();
    let mut current = String::new();
    for line in text.lines() {
        if let Some(found) = mapping(line) {
            current = found.name;
        } else if let Some(rest) = line.strip_prefix("Rss:") {
            let kb = rest.trim_end_matches("kB").trim().parse::<u64>().unwrap_or(0);
            *sums.entry(current.clone()).or_insert(0) += kb;
        }
    }
    Ok(sums)
}

#[derive(Debug, Clone, Default)]
pub struct Snapshot {
    pub live: usize,
    pub calls: u64,
    pub peak_kb: u64,
    pub threads: usize,
}

pub fn snapshot() -> io::Result<Snapshot> {
    let status = fs::read_to_string("/proc/self/status")?;
    let field = |name: &str| status.lines().find_map(|l| l.strip_prefix(name)).map(str::trim).unwrap_or("0");
    Ok(Snapshot {
        live: LIVE.load(Relaxed),
        calls: CALLS.load(Relaxed),
        peak_kb: field("VmHWM:").trim_end_matches(" kB").parse().unwrap_or(0),
        threads: fs::read_dir("/proc/self/task")?.count(),
    })
}

/// Serves the figures on the loopback interface until the process ends.
#[cfg(feature = "serve")]
pub fn serve(port: u16) -> io::Result<()> {
    let server = tiny_http::Server::http(("127.0.0.1", port)).map_err(io::Error::other)?;
    std::thread::Builder::new().name("heap-watch".into()).spawn(move || {
        for request in server.incoming_requests() {
            let text = match snapshot() {
                Ok(s) => format!("heap_live_bytes {}\nheap_calls {}\npeak_kb {}\n", s.live, s.calls, s.peak_kb),
                Err(why) => format!("# {why}\n"),
            };
            let _ = request.respond(tiny_http::Response::from_string(text));
        }
    })?;
    Ok(())
}

inert_fixture_does_not_build!();
