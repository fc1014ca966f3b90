use probe::Attempts;
use std::os::linux::net::SocketAddrExt;
use std::os::unix::net::{SocketAddr, UnixStream};

fn main() {
    let mut attempts = Attempts::open();
    let address = SocketAddr::from_abstract_name(probe::target("abstract")).expect("a name");
    let tried = UnixStream::connect_addr(&address);
    attempts.note("abstract socket", tried.map(|_| "connected".into()).map_err(|e| e.to_string()));
}
