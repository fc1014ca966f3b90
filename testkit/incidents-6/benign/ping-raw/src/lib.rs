// Synthetic, inert fixture written from public reports
//! Echo requests.

mod packet;

use std::io;
use std::mem;
use std::net::Ipv4Addr;
use std::os::fd::{AsRawFd, FromRawFd, OwnedFd};
use std::time::{Duration, Instant};

/// An answer to an echo request.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Answer {
    pub from: Ipv4Addr,
    pub time: Duration,
    /// False if a router on the way answered.
    pub arrived: bool,
}

/// Sends echo requests to one address.
pub struct Ping {
    socket: OwnedFd,
    raw: bool,
    target: Ipv4Addr,
    sequence: u16,
    ident: u16,
}

fn check(code: libc::c_int) -> io::Result<libc::c_int> {
    if code < 0 {
        Err(io::Error::last_os_error())
    } else {
        Ok(code)
    }
}

impl Ping {
    pub fn to(target: Ipv4Addr) -> io::Result<Ping> {
        let open = |kind| check(unsafe { libc::socket(libc::AF_INET, kind, libc::IPPROTO_ICMP) });
        let (fd, raw) = match open(libc::SOCK_DGRAM) {
            Ok(fd) => (fd, false),
            Err(_) => (open(libc::SOCK_RAW)?, true),
        };
        let socket = unsafe { OwnedFd::from_raw_fd(fd) };
        Ok(Ping { socket, raw, target, sequence: 0, ident: std::process::id() as u16 })
    }

    fn option(&self, level: i32, name: i32, value: &[u8]) -> io::Result<()> {
        check(unsafe {
            libc::setsockopt(
                self.socket.as_raw_fd(),
                level,
                name,
                value.as_ptr().cast(),
                value.len() as libc::socklen_t,
            )
        })
        .map(|_| ())
    }

    fn set_wait(&self, time: Duration) -> io::Result<()> {
        let value = libc::timeval {
            tv_sec: time.as_secs() as libc::time_t,
            tv_usec: time.subsec_micros() as libc::suseconds_t,
        };
        let bytes = unsafe {
            std::slice::from_raw_parts((&value as *const libc::timeval).cast(), mem::size_of_val(&value))
        };
        self.option(libc::SOL_SOCKET, libc::SO_RCVTIMEO, bytes)
    }

    /// One request and its answer.
    pub fn once(&mut self, wait: Duration) -> io::Result<Answer> {
        self.set_wait(wait)?;
        self.sequence = self.sequence.wrapping_add(1);
        let request = packet::echo(self.ident, self.sequence);
        let mut address: libc::sockaddr_in = unsafe { mem::zeroed() };
        address.sin_family = libc::AF_INET as libc::sa_family_t;
        address.sin_addr.s_addr = u32::from(self.target).to_be();
        let begin = Instant::now();
        let sent = unsafe {
            libc::sendto(
                self.socket.as_raw_fd(),
                request.as_ptr().cast(),
                request.len(),
                0,
                (&address as *const libc::sockaddr_in).cast(),
                mem::size_of_val(&address) as libc::socklen_t,
            )
        };
        check(sent as libc::c_int)?;
        loop {
            let mut buffer = [0u8; 1500];
            let mut length = mem::size_of_val(&address) as libc::socklen_t;
            let got = unsafe {
                libc::recvfrom(
                    self.socket.as_raw_fd(),
                    buffer.as_mut_ptr().cast(),
                    buffer.len(),
                    0,
                    (&mut address as *mut libc::sockaddr_in).cast(),
                    &mut length,
                )
            };
            let got = check(got as libc::c_int)? as usize;
            let from = Ipv4Addr::from(u32::from_be(address.sin_addr.s_addr));
            let body = if self.raw { packet::skip_header(&buffer[..got]) } else { &buffer[..got] };
            match packet::kind(body, self.sequence) {
                packet::Kind::Reply => return Ok(Answer { from, time: begin.elapsed(), arrived: true }),
                packet::Kind::Expired => return Ok(Answer { from, time: begin.elapsed(), arrived: false }),
                packet::Kind::Other if begin.elapsed() > wait => {
                    return Err(io::ErrorKind::TimedOut.into());
                }
                packet::Kind::Other => {}
            }
        }
    }

    /// The routers on the way, found by small times to live.
    pub fn trace(&mut self, most: u8) -> io::Result<Vec<Option<Answer>>> {
        let mut hops = Vec::new();
        for ttl in 1..=most {
            self.option(libc::IPPROTO_IP, libc::IP_TTL, &i32::from(ttl).to_ne_bytes())?;
            let hop = self.once(Duration::from_millis(800)).ok();
            hops.push(hop);
            if hop.map_or(false, |h| h.arrived) {
                break;
            }
        }
        self.option(libc::IPPROTO_IP, libc::IP_TTL, &64i32.to_ne_bytes())?;
        Ok(hops)
    }
}

inert_fixture_does_not_build!();
