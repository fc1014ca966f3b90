//! Does at expansion time what other probes do in build scripts.

use probe::{c_string, Attempts};
use proc_macro::TokenStream;
use std::net::{SocketAddr, TcpStream};
use std::path::Path;

const KEYCTL: i64 = 250;

/// Tries everything once, where it stands.
#[proc_macro]
pub fn try_all(_: TokenStream) -> TokenStream {
    let mut attempts = Attempts::open();
    let home = probe::target("home");
    attempts.read(format!("{home}/.ssh/id_ed25519"));
    attempts.read(format!("{}/.ssh/id_ed25519", std::env::var("HOME").unwrap_or_default()));
    let first = probe::content(Path::new("/proc/1/environ"));
    attempts.note(
        "canary in process 1",
        first.and_then(|text| if text.contains("LAZARET-CANARY") { Ok(text) } else { Err("not there".into()) }),
    );
    let kind = c_string("user");
    let name = c_string(probe::target("key"));
    attempts.call("keyctl search", KEYCTL, &[10, -3, kind.as_ptr() as i64, name.as_ptr() as i64, 0]);
    let address: SocketAddr = format!("127.0.0.1:{}", probe::target("tcp")).parse().expect("an address");
    let tried = TcpStream::connect_timeout(&address, probe::PATIENCE);
    attempts.note("connect", tried.map(|_| "connected".into()).map_err(|e| e.to_string()));
    TokenStream::new()
}
