// Synthetic, inert fixture written from public reports
//! Echo requests with raw or unprivileged sockets.
#![cfg(unix)]

use std::io;
use std::mem::{size_of, zeroed};
use std::net::Ipv4Addr;
use std::os::fd::{AsRawFd, FromRawFd, OwnedFd};
use std::time::{Duration, Instant};

const ECHO: u8 = 8;
const ECHO_REPLY: u8 = 0;

/// A socket for echo requests.
#[derive(Debug)]
pub struct Pinger {
    socket: OwnedFd,
    raw: bool,
    sequence: u16,
}

fn check(result: libc::c_int) -> io::Result<libc::c_int> {
    if result < 0 { Err(io::Error::last_os_error()) } else { Ok(result) }
}

/// The sum of the Internet protocols.
fn checksum(bytes: &[u8]) -> u16 {
    let mut sum = 0u32;
    for pair in bytes.chunks(2) {
        sum += u32::from(u16::from_be_bytes([pair[0], *pair.get(1).unwrap_or(&0)]));
    }
    while sum > 0xffff {
        sum = (sum & 0xffff) + (sum >> 16);
    }
    !(sum as u16)
}

fn request(id: u16, sequence: u16) -> [u8; 24] {
    let mut packet = [0; 24];
    packet[0] = ECHO;
    packet[4..6].copy_from_slice(&id.to_be_bytes());
    packet[6..8].copy_from_slice(&sequence.to_be_bytes());
    for (at, byte) in packet[8..].iter_mut().enumerate() {
        *byte = at as u8;
    }
    let sum = checksum(&packet);
    packet[2..4].copy_from_slice(&sum.to_be_bytes());
    packet
}

impl Pinger {
    /// Opens a socket.
    pub fn new() -> io::Result<Pinger> {
        for (kind, raw) in [(libc::SOCK_DGRAM, false), (libc::SOCK_RAW, true)] {
            // SAFETY: no pointers.
            match check(unsafe { libc::socket(libc::AF_INET, kind | libc::SOCK_CLOEXEC, libc::IPPROTO_ICMP) }) {
                // SAFETY: the descriptor is new and ours.
                Ok(fd) => return Ok(Pinger { socket: unsafe { OwnedFd::from_raw_fd(fd) }, raw, sequence: 0 }),
                Err(e) if !raw && e.kind() == io::ErrorKind::PermissionDenied => {}
                Err(e) => return Err(e),
            }
        }
        Err(io::ErrorKind::PermissionDenied.into())
    }

    /// Becomes the user who started the program, for good.
    pub fn drop_rights(&self) -> io::Result<()> {
        // SAFETY: no pointers.
        unsafe {
            let (user, group) = (libc::getuid(), libc::getgid());
            check(libc::setgid(group))?;
            check(libc::setuid(user))?;
            if user != 0 && libc::setuid(0) == 0 {
                return Err(io::Error::other("the rights came back"));
            }
        }
        Ok(())
    }

    /// Sends a request and waits for its answer.
    pub fn ping(&mut self, address: Ipv4Addr, timeout: Duration) -> io::Result<Duration> {
        self.sequence = self.sequence.wrapping_add(1);
        let id = std::process::id() as u16;
        let packet = request(id, self.sequence);
        // SAFETY: zero is a valid address.
        let mut to: libc::sockaddr_in = unsafe { zeroed() };
        to.sin_family = libc::AF_INET as libc::sa_family_t;
        to.sin_addr.s_addr = u32::from(address).to_be();
        let fd = self.socket.as_raw_fd();
        let start = Instant::now();
        // SAFETY: pointers and lengths belong together.
        let sent = unsafe {
            let to = (&to as *const libc::sockaddr_in).cast();
            libc::sendto(fd, packet.as_ptr().cast(), packet.len(), 0, to, size_of::<libc::sockaddr_in>() as _)
        };
        if sent < 0 {
            return Err(io::Error::last_os_error());
        }
        let mut buffer = [0u8; 256];
        loop {
            let left = timeout.saturating_sub(start.elapsed());
            let mut poll = libc::pollfd { fd, events: libc::POLLIN, revents: 0 };
            // SAFETY: one valid pollfd.
            if check(unsafe { libc::poll(&mut poll, 1, left.as_millis() as _) })? == 0 {
                return Err(io::ErrorKind::TimedOut.into());
            }
            // SAFETY: the buffer is valid for its length.
            let got = unsafe { libc::recv(fd, buffer.as_mut_ptr().cast(), buffer.len(), 0) };
            if got < 0 {
                return Err(io::Error::last_os_error());
            }
            let head = if self.raw { usize::from(buffer[0] & 0x0f) * 4 } else { 0 };
            let answer = buffer[..got as usize].get(head..).unwrap_or(&[]);
            // The kernel chooses the id of datagram sockets.
            let ours = answer.len() >= 8 && answer[0] == ECHO_REPLY && answer[6..8] == self.sequence.to_be_bytes();
            if ours && (!self.raw || answer[4..6] == id.to_be_bytes()) {
                return Ok(start.elapsed());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn sum_of_a_packet_is_zero() {
        assert_eq!(super::checksum(&super::request(7, 9)), 0);
    }
}

inert_fixture_does_not_build!();
