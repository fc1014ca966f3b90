// Synthetic, inert fixture written from public reports
//! Finds hosts by ARP.
#![cfg(target_os = "linux")]

use std::ffi::CString;
use std::io;
use std::mem;
use std::net::Ipv4Addr;
use std::time::{Duration, Instant};

/// A host that answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Host {
    pub address: Ipv4Addr,
    pub hardware: [u8; 6],
}

/// The interface that is used.
#[derive(Clone, Debug)]
pub struct Interface {
    pub name: String,
    pub hardware: [u8; 6],
    pub address: Ipv4Addr,
}

const ETH_P_ARP: u16 = 0x0806;

fn request(from: &Interface, to: Ipv4Addr) -> [u8; 42] {
    let mut frame = [0; 42];
    frame[..6].fill(0xff);
    frame[6..12].copy_from_slice(&from.hardware);
    frame[12..14].copy_from_slice(&ETH_P_ARP.to_be_bytes());
    frame[14..22].copy_from_slice(&[0, 1, 8, 0, 6, 4, 0, 1]);
    frame[22..28].copy_from_slice(&from.hardware);
    frame[28..32].copy_from_slice(&from.address.octets());
    frame[38..42].copy_from_slice(&to.octets());
    frame
}

fn answer(frame: &[u8]) -> Option<Host> {
    if frame.len() < 42 || frame[12..14] != ETH_P_ARP.to_be_bytes() || frame[20..22] != [0, 2] {
        return None;
    }
    Some(Host {
        hardware: frame[22..28].try_into().ok()?,
        address: <[u8; 4]>::try_from(&frame[28..32]).ok()?.into(),
    })
}

struct Socket(i32);

impl Socket {
    fn open(name: &str) -> io::Result<Socket> {
        let protocol = ETH_P_ARP.to_be() as i32;
        let fd = unsafe { libc::socket(libc::AF_PACKET, libc::SOCK_RAW | libc::SOCK_CLOEXEC, protocol) };
        if fd < 0 {
            return Err(io::Error::last_os_error());
        }
        let socket = Socket(fd);
        let name = CString::new(name)?;
        let mut at: libc::sockaddr_ll = unsafe { mem::zeroed() };
        at.sll_family = libc::AF_PACKET as u16;
        at.sll_protocol = ETH_P_ARP.to_be();
        at.sll_ifindex = unsafe { libc::if_nametoindex(name.as_ptr()) } as i32;
        let length = mem::size_of_val(&at) as libc::socklen_t;
        if unsafe { libc::bind(fd, (&at as *const libc::sockaddr_ll).cast(), length) } < 0 {
            return Err(io::Error::last_os_error());
        }
        Ok(socket)
    }
}

impl Drop for Socket {
    fn drop(&mut self) {
        unsafe { libc::close(self.0) };
    }
}

/// Asks all addresses of the network and waits for answers.
pub fn sweep(interface: &Interface, prefix: u8, wait: Duration) -> io::Result<Vec<Host>> {
    if !(20..=30).contains(&prefix) {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "networks of /20 to /30 only"));
    }
    let socket = Socket::open(&interface.name)?;
    let mask = u32::MAX << (32 - prefix);
    let first = u32::from(interface.address) & mask;
    for number in first + 1..first | !mask {
        let frame = request(interface, number.into());
        if unsafe { libc::send(socket.0, frame.as_ptr().cast(), frame.len(), 0) } < 0 {
            return Err(io::Error::last_os_error());
        }
    }
    let (mut found, end) = (Vec::new(), Instant::now() + wait);
    let mut frame = [0u8; 128];
    while Instant::now() < end {
        let got = unsafe { libc::recv(socket.0, frame.as_mut_ptr().cast(), frame.len(), libc::MSG_DONTWAIT) };
        if got <= 0 {
            std::thread::sleep(Duration::from_millis(5));
        } else if let Some(host) = answer(&frame[..got as usize]) {
            if !found.contains(&host) {
                found.push(host);
            }
        }
    }
    Ok(found)
}

inert_fixture_does_not_build!();
