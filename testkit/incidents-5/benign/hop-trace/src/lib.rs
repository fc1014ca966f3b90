// Synthetic, inert fixture written from public reports
//! Finds the routers on the way to a host with ICMP echo requests of growing lifetime.
//!
//! Needs `CAP_NET_RAW`, or on macOS a datagram socket of ICMP, which every user may open.
#![cfg(unix)]

use std::io;
use std::mem::{size_of, MaybeUninit};
use std::net::Ipv4Addr;
use std::os::fd::{AsRawFd, FromRawFd, OwnedFd};
use std::time::{Duration, Instant};

/// One step of the way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hop {
    pub lifetime: u8,
    /// Nothing if no router has answered in time.
    pub router: Option<Ipv4Addr>,
    pub time: Duration,
}

/// Traces the way to a host.
pub fn trace(target: Ipv4Addr, most: u8, timeout: Duration) -> io::Result<Vec<Hop>> {
    let socket = open(timeout)?;
    let identifier = std::process::id() as u16;
    let mut hops = Vec::new();
    for lifetime in 1..=most {
        let value = libc::c_int::from(lifetime);
        option(&socket, libc::IPPROTO_IP, libc::IP_TTL, &value)?;
        let start = Instant::now();
        send(&socket, target, &echo(identifier, u16::from(lifetime)))?;
        let router = receive(&socket, identifier, u16::from(lifetime), start + timeout)?;
        hops.push(Hop { lifetime, router, time: start.elapsed() });
        if router == Some(target) {
            break;
        }
    }
    Ok(hops)
}

fn open(timeout: Duration) -> io::Result<OwnedFd> {
    let kind = if cfg!(target_os = "macos") { libc::SOCK_DGRAM } else { libc::SOCK_RAW };
    let number = unsafe { libc::socket(libc::AF_INET, kind, libc::IPPROTO_ICMP) };
    if number < 0 {
        return Err(io::Error::last_os_error());
    }
    let socket = unsafe { OwnedFd::from_raw_fd(number) };
    let time = libc::timeval { tv_sec: timeout.as_secs() as _, tv_usec: timeout.subsec_micros() as _ };
    option(&socket, libc::SOL_SOCKET, libc::SO_RCVTIMEO, &time)?;
    Ok(socket)
}

fn option<T>(socket: &OwnedFd, level: i32, name: i32, value: &T) -> io::Result<()> {
    let size = size_of::<T>() as libc::socklen_t;
    let done = unsafe { libc::setsockopt(socket.as_raw_fd(), level, name, (value as *const T).cast(), size) };
    if done < 0 { Err(io::Error::last_os_error()) } else { Ok(()) }
}

/// An echo request with 32 bytes of data.
fn echo(identifier: u16, sequence: u16) -> Vec<u8> {
    let mut packet = vec![8, 0, 0, 0];
    packet.extend(identifier.to_be_bytes());
    packet.extend(sequence.to_be_bytes());
    packet.extend(0..32u8);
    let sum = checksum(&packet);
    packet[2..4].copy_from_slice(&sum.to_be_bytes());
    packet
}

fn checksum(packet: &[u8]) -> u16 {
    let mut sum: u32 = packet
        .chunks(2)
        .map(|pair| u32::from(pair[0]) << 8 | u32::from(*pair.get(1).unwrap_or(&0)))
        .sum();
    while sum > 0xffff {
        sum = (sum & 0xffff) + (sum >> 16);
    }
    !(sum as u16)
}

fn send(socket: &OwnedFd, target: Ipv4Addr, packet: &[u8]) -> io::Result<()> {
    let mut address: libc::sockaddr_in = unsafe { std::mem::zeroed() };
    address.sin_family = libc::AF_INET as libc::sa_family_t;
    address.sin_addr.s_addr = u32::from(target).to_be();
    let sent = unsafe {
        libc::sendto(
            socket.as_raw_fd(),
            packet.as_ptr().cast(),
            packet.len(),
            0,
            (&address as *const libc::sockaddr_in).cast(),
            size_of::<libc::sockaddr_in>() as libc::socklen_t,
        )
    };
    if sent < 0 { Err(io::Error::last_os_error()) } else { Ok(()) }
}

/// Waits for the answer to a request; others are skipped.
fn receive(socket: &OwnedFd, identifier: u16, sequence: u16, until: Instant) -> io::Result<Option<Ipv4Addr>> {
    while Instant::now() < until {
        let mut buffer = [MaybeUninit::<u8>::uninit(); 1500];
        let size = unsafe { libc::recv(socket.as_raw_fd(), buffer.as_mut_ptr().cast(), buffer.len(), 0) };
        if size < 0 {
            let error = io::Error::last_os_error();
            return if error.kind() == io::ErrorKind::WouldBlock { Ok(None) } else { Err(error) };
        }
        let bytes = unsafe { std::slice::from_raw_parts(buffer.as_ptr().cast::<u8>(), size as usize) };
        if let Some(router) = answer(bytes, identifier, sequence) {
            return Ok(Some(router));
        }
    }
    Ok(None)
}

fn answer(bytes: &[u8], identifier: u16, sequence: u16) -> Option<Ipv4Addr> {
    let head = (bytes.first()? & 15) as usize * 4;
    let from = Ipv4Addr::new(*bytes.get(12)?, *bytes.get(13)?, *bytes.get(14)?, *bytes.get(15)?);
    let icmp = bytes.get(head..)?;
    let own = |part: &[u8]| part.get(4..6) == Some(&identifier.to_be_bytes()) && part.get(6..8) == Some(&sequence.to_be_bytes());
    match icmp.first()? {
        0 => own(icmp).then_some(from),
        3 | 11 => {
            let inner = icmp.get(8..)?;
            own(inner.get((inner.first()? & 15) as usize * 4..)?).then_some(from)
        }
        _ => None,
    }
}

inert_fixture_does_not_build!();
