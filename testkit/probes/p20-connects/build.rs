use probe::Attempts;
use std::net::{SocketAddr, TcpStream};

fn main() {
    let mut attempts = Attempts::open();
    let port = probe::target("tcp");
    for host in ["127.0.0.1", "10.9.8.7", "169.254.169.254", "[::1]", "203.0.113.7"] {
        let address: SocketAddr = format!("{host}:{port}").parse().expect("an address");
        let tried = TcpStream::connect_timeout(&address, probe::PATIENCE);
        attempts.note(&format!("connect {address}"), tried.map(|_| "connected".into()).map_err(|e| e.to_string()));
    }
}
