use probe::{sys, Attempts};

const SOCKET: i64 = 41;
const CONNECT: i64 = 42;
const VSOCK: i64 = 40;

fn main() {
    let mut attempts = Attempts::open();
    let Some(socket) = attempts.call("socket", SOCKET, &[VSOCK, 1, 0]) else {
        return;
    };
    for peer in [1u32, 2] {
        let mut address = [0u8; 16];
        address[..2].copy_from_slice(&(VSOCK as u16).to_ne_bytes());
        address[4..8].copy_from_slice(&1024u32.to_ne_bytes());
        address[8..12].copy_from_slice(&peer.to_ne_bytes());
        let tried = sys::call(CONNECT, &[socket, address.as_ptr() as i64, 16]);
        // Nobody may listen: what counts is that there was a socket.
        attempts.tell(&format!("connect {peer}"), tried);
    }
}
