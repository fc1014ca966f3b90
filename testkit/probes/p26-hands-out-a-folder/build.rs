use probe::{sys, Attempts};
use std::os::unix::net::UnixListener;

const SOCKET: i64 = 41;
const LISTEN: i64 = 50;
const AF_INET: i64 = 2;
const SOCK_STREAM: i64 = 1;

fn main() {
    let mut attempts = Attempts::open();
    // Short, for the 108 bytes of an address; in the folder that a second run shares with this one.
    let out = std::path::PathBuf::from(std::env::var_os("OUT_DIR").expect("cargo sets OUT_DIR"));
    std::env::set_current_dir(&out).expect("OUT_DIR can be entered");
    let tried = UnixListener::bind("offer.sock");
    attempts.note("listens in its folder", tried.map(|_| "listening".into()).map_err(|e| e.to_string()));
    // The kernel gives a port to a socket that listens and was never bound.
    let tried = sys::call(SOCKET, &[AF_INET, SOCK_STREAM, 0]).and_then(|socket| sys::call(LISTEN, &[socket, 1]));
    let text = |errno| std::io::Error::from_raw_os_error(errno).to_string();
    attempts.note("listens unbound", tried.map(|_| "listening".into()).map_err(text));
}
