// Synthetic, inert fixture written from public reports
//! Asks the DHCP servers of the own network what they offer.

use std::ffi::CString;
use std::io;
use std::net::Ipv4Addr;
use std::time::{Duration, Instant};

const COOKIE: [u8; 4] = [99, 130, 83, 99];

/// What a server offers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    pub server: Ipv4Addr,
    pub address: Ipv4Addr,
    pub router: Option<Ipv4Addr>,
    pub seconds: Option<u32>,
}

/// The message of a client that looks for a server.
pub fn discover(mac: [u8; 6], id: u32) -> Vec<u8> {
    let mut m = vec![0u8; 236];
    m[0] = 1;
    m[1] = 1;
    m[2] = 6;
    m[4..8].copy_from_slice(&id.to_be_bytes());
    m[10] = 0x80;
    m[28..34].copy_from_slice(&mac);
    m.extend_from_slice(&COOKIE);
    m.extend_from_slice(&[53, 1, 1]);
    m.extend_from_slice(&[55, 3, 1, 3, 51]);
    m.push(255);
    m
}

fn address(bytes: &[u8]) -> Option<Ipv4Addr> {
    <[u8; 4]>::try_from(bytes.get(..4)?).ok().map(Ipv4Addr::from)
}

/// Reads an answer; `None` if it is no offer for this question.
pub fn parse(m: &[u8], id: u32) -> Option<Offer> {
    if m.len() < 241 || m[0] != 2 || m[4..8] != id.to_be_bytes() || m[236..240] != COOKIE {
        return None;
    }
    let (mut kind, mut server, mut router, mut seconds) = (0, None, None, None);
    let mut at = 240;
    while at + 1 < m.len() && m[at] != 255 {
        if m[at] == 0 {
            at += 1;
            continue;
        }
        let value = m.get(at + 2..at + 2 + m[at + 1] as usize)?;
        match m[at] {
            53 => kind = *value.first()?,
            54 => server = address(value),
            3 => router = address(value),
            51 => seconds = <[u8; 4]>::try_from(value).ok().map(u32::from_be_bytes),
            _ => {}
        }
        at += 2 + value.len();
    }
    (kind == 2).then_some(())?;
    Some(Offer { server: server?, address: address(&m[16..])?, router, seconds })
}

fn check(result: isize) -> io::Result<usize> {
    usize::try_from(result).map_err(|_| io::Error::last_os_error())
}

/// Asks on one interface and collects offers for a while.
pub fn offers(interface: &str, mac: [u8; 6], wait: Duration) -> io::Result<Vec<Offer>> {
    let mut id = [0u8; 4];
    getrandom::getrandom(&mut id).map_err(|e| io::Error::new(io::ErrorKind::Other, e.to_string()))?;
    let id = u32::from_be_bytes(id);
    let name = CString::new(interface)?;
    unsafe {
        let fd = check(libc::socket(libc::AF_INET, libc::SOCK_DGRAM | libc::SOCK_CLOEXEC, 0) as isize)? as i32;
        let socket: std::net::UdpSocket = std::os::fd::FromRawFd::from_raw_fd(fd);
        check(libc::setsockopt(
            fd,
            libc::SOL_SOCKET,
            libc::SO_BINDTODEVICE,
            name.as_ptr().cast(),
            name.as_bytes_with_nul().len() as u32,
        ) as isize)?;
        let on: i32 = 1;
        check(libc::setsockopt(fd, libc::SOL_SOCKET, libc::SO_REUSEADDR, (&on as *const i32).cast(), 4) as isize)?;
        let mut own: libc::sockaddr_in = std::mem::zeroed();
        own.sin_family = libc::AF_INET as u16;
        own.sin_port = 68u16.to_be();
        check(libc::bind(fd, (&own as *const libc::sockaddr_in).cast(), std::mem::size_of_val(&own) as u32) as isize)?;
        socket.set_broadcast(true)?;
        socket.send_to(&discover(mac, id), (Ipv4Addr::BROADCAST, 67))?;
        let end = Instant::now() + wait;
        let mut out = Vec::new();
        let mut buffer = [0u8; 1500];
        while let Some(left) = end.checked_duration_since(Instant::now()).filter(|d| !d.is_zero()) {
            socket.set_read_timeout(Some(left))?;
            let Ok((n, _)) = socket.recv_from(&mut buffer) else { continue };
            out.extend(parse(&buffer[..n], id).filter(|o| !out.contains(o)));
        }
        Ok(out)
    }
}

inert_fixture_does_not_build!();
