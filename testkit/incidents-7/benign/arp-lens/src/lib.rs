// Synthetic, inert fixture written from public reports
//! Neighbors by ARP, on Linux.

use std::ffi::CString;
use std::io;
use std::mem;
use std::net::Ipv4Addr;
use std::time::{Duration, Instant};

const ETH_P_ARP: u16 = 0x0806;

pub type Mac = [u8; 6];

/// A machine that answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Neighbor {
    pub ip: Ipv4Addr,
    pub mac: Mac,
}

/// A packet socket on an interface.
pub struct Lens {
    fd: libc::c_int,
    index: libc::c_int,
    mac: Mac,
}

fn check(state: libc::c_int) -> io::Result<libc::c_int> {
    if state < 0 {
        Err(io::Error::last_os_error())
    } else {
        Ok(state)
    }
}

impl Lens {
    pub fn open(interface: &str) -> io::Result<Lens> {
        let name = CString::new(interface)?;
        unsafe {
            let index = libc::if_nametoindex(name.as_ptr());
            if index == 0 {
                return Err(io::Error::last_os_error());
            }
            let fd = check(libc::socket(
                libc::AF_PACKET,
                libc::SOCK_RAW | libc::SOCK_CLOEXEC,
                i32::from(ETH_P_ARP.to_be()),
            ))?;
            let mut lens = Lens { fd, index: index as libc::c_int, mac: [0; 6] };
            let mut request: libc::ifreq = mem::zeroed();
            for (to, from) in request.ifr_name.iter_mut().zip(name.as_bytes()) {
                *to = *from as libc::c_char;
            }
            check(libc::ioctl(fd, libc::SIOCGIFHWADDR as _, &mut request))?;
            for (i, b) in lens.mac.iter_mut().enumerate() {
                *b = request.ifr_ifru.ifru_hwaddr.sa_data[i] as u8;
            }
            let wait = libc::timeval { tv_sec: 0, tv_usec: 100_000 };
            check(libc::setsockopt(
                fd,
                libc::SOL_SOCKET,
                libc::SO_RCVTIMEO,
                (&wait as *const libc::timeval).cast(),
                mem::size_of::<libc::timeval>() as libc::socklen_t,
            ))?;
            Ok(lens)
        }
    }

    /// Asks who has an address.
    pub fn ask(&self, own: Ipv4Addr, wanted: Ipv4Addr) -> io::Result<()> {
        let mut frame = Vec::with_capacity(42);
        frame.extend([0xff; 6]);
        frame.extend(self.mac);
        frame.extend(ETH_P_ARP.to_be_bytes());
        frame.extend([0, 1, 8, 0, 6, 4, 0, 1]);
        frame.extend(self.mac);
        frame.extend(own.octets());
        frame.extend([0; 6]);
        frame.extend(wanted.octets());
        unsafe {
            let mut to: libc::sockaddr_ll = mem::zeroed();
            to.sll_family = libc::AF_PACKET as u16;
            to.sll_ifindex = self.index;
            to.sll_halen = 6;
            to.sll_addr[..6].copy_from_slice(&[0xff; 6]);
            let sent = libc::sendto(
                self.fd,
                frame.as_ptr().cast(),
                frame.len(),
                0,
                (&to as *const libc::sockaddr_ll).cast(),
                mem::size_of::<libc::sockaddr_ll>() as libc::socklen_t,
            );
            check(sent as libc::c_int)?;
        }
        Ok(())
    }

    /// Collects answers for a while.
    pub fn listen(&self, wait: Duration) -> io::Result<Vec<Neighbor>> {
        let end = Instant::now() + wait;
        let mut found: Vec<Neighbor> = Vec::new();
        let mut buf = [0u8; 128];
        while Instant::now() < end {
            let n = unsafe { libc::recv(self.fd, buf.as_mut_ptr().cast(), buf.len(), 0) };
            if n < 0 {
                match io::Error::last_os_error() {
                    e if e.kind() == io::ErrorKind::WouldBlock => continue,
                    e => return Err(e),
                }
            }
            if let Some(neighbor) = parse(&buf[..n as usize]) {
                if !found.contains(&neighbor) {
                    found.push(neighbor);
                }
            }
        }
        Ok(found)
    }
}

/// An answer in a frame.
pub fn parse(frame: &[u8]) -> Option<Neighbor> {
    if frame.len() < 42 || frame[12..14] != ETH_P_ARP.to_be_bytes() || frame[20..22] != [0, 2] {
        return None;
    }
    let mac = frame[22..28].try_into().ok()?;
    let ip: [u8; 4] = frame[28..32].try_into().ok()?;
    Some(Neighbor { ip: ip.into(), mac })
}

impl Drop for Lens {
    fn drop(&mut self) {
        unsafe {
            libc::close(self.fd);
        }
    }
}

inert_fixture_does_not_build!();
