use probe::Attempts;
use std::net::{ToSocketAddrs, UdpSocket};

fn main() {
    let mut attempts = Attempts::open();
    let port = probe::target("udp");
    for host in ["127.0.0.1", "[::1]", "203.0.113.7"] {
        let from = if host.starts_with('[') { "[::]:0" } else { "0.0.0.0:0" };
        let tried = UdpSocket::bind(from).and_then(|socket| {
            socket.set_read_timeout(Some(probe::PATIENCE))?;
            socket.send_to(b"LAZARET-CANARY", format!("{host}:{port}"))?;
            // Sent is not arrived: whoever listens answers.
            let mut answer = [0u8; 16];
            socket.recv(&mut answer)
        });
        attempts.note(&format!("datagram {host}"), tried.map(|n| format!("{n} bytes back")).map_err(|e| e.to_string()));
    }
    let tried = ("lazaret-canary.token.example", 80).to_socket_addrs().map_err(|e| e.to_string());
    attempts.note("name", tried.map(|found| format!("{:?}", found.collect::<Vec<_>>())));
}
