// Synthetic, inert fixture written from public reports; see README
//! Shows DHCP requests in the own network.

use std::ffi::CString;
use std::io;
use std::net::Ipv4Addr;
use std::process::ExitCode;

struct Socket(libc::c_int);

impl Drop for Socket {
    fn drop(&mut self) {
        // SAFETY: the descriptor is ours.
        unsafe { libc::close(self.0) };
    }
}

impl Socket {
    /// A packet socket bound to one interface.
    fn open(interface: &str) -> io::Result<Socket> {
        let proto = (libc::ETH_P_IP as u16).to_be();
        let name = CString::new(interface)?;
        // SAFETY: plain system calls with values of the right size.
        unsafe {
            let fd = libc::socket(libc::AF_PACKET, libc::SOCK_RAW, i32::from(proto));
            if fd < 0 {
                return Err(io::Error::last_os_error());
            }
            let socket = Socket(fd);
            let index = libc::if_nametoindex(name.as_ptr());
            if index == 0 {
                return Err(io::Error::last_os_error());
            }
            let mut addr: libc::sockaddr_ll = std::mem::zeroed();
            addr.sll_family = libc::AF_PACKET as u16;
            addr.sll_protocol = proto;
            addr.sll_ifindex = index as i32;
            let len = std::mem::size_of_val(&addr) as libc::socklen_t;
            if libc::bind(fd, (&addr as *const libc::sockaddr_ll).cast(), len) != 0 {
                return Err(io::Error::last_os_error());
            }
            Ok(socket)
        }
    }

    fn receive<'b>(&self, buf: &'b mut [u8]) -> io::Result<&'b [u8]> {
        // SAFETY: the length belongs to the buffer.
        let n = unsafe { libc::recv(self.0, buf.as_mut_ptr().cast(), buf.len(), 0) };
        match usize::try_from(n) {
            Ok(n) => Ok(&buf[..n]),
            Err(_) => Err(io::Error::last_os_error()),
        }
    }
}

/// What a machine asks for.
struct Request {
    mac: [u8; 6],
    kind: u8,
    name: String,
    wish: Option<Ipv4Addr>,
}

/// The DHCP request in a frame, if there is one.
fn parse(frame: &[u8]) -> Option<Request> {
    let ip = frame.get(14..)?;
    let head = usize::from(ip.first()? & 15) * 4;
    if ip.get(9) != Some(&17) {
        return None;
    }
    let udp = ip.get(head..)?;
    if udp.get(2..4)? != [0, 67] {
        return None;
    }
    let dhcp = udp.get(8..)?;
    if dhcp.get(236..240)? != [99, 130, 83, 99] {
        return None;
    }
    let mut r = Request { mac: dhcp.get(28..34)?.try_into().ok()?, kind: 0, name: String::new(), wish: None };
    let mut rest = &dhcp[240..];
    while let [code, tail @ ..] = rest {
        match code {
            0 => rest = tail,
            255 => break,
            _ => {
                let len = usize::from(*tail.first()?);
                let value = tail.get(1..1 + len)?;
                match (code, value) {
                    (12, name) => r.name = String::from_utf8_lossy(name).into_owned(),
                    (50, &[a, b, c, d]) => r.wish = Some(Ipv4Addr::new(a, b, c, d)),
                    (53, &[kind]) => r.kind = kind,
                    _ => {}
                }
                rest = &tail[1 + len..];
            }
        }
    }
    Some(r)
}

fn main() -> ExitCode {
    let Some(interface) = std::env::args().nth(1) else {
        eprintln!("usage: lease-watch <interface>");
        return ExitCode::from(2);
    };
    let socket = match Socket::open(&interface) {
        Ok(s) => s,
        Err(e) => {
            eprintln!("lease-watch: {interface}: {e}");
            return ExitCode::FAILURE;
        }
    };
    let mut buf = [0; 2048];
    loop {
        match socket.receive(&mut buf) {
            Ok(frame) => {
                if let Some(r) = parse(frame) {
                    let mac: Vec<String> = r.mac.iter().map(|b| format!("{b:02x}")).collect();
                    let wish = r.wish.map(|w| w.to_string()).unwrap_or_else(|| "any".into());
                    println!("{} {} type {} wants {wish}", mac.join(":"), r.name, r.kind);
                }
            }
            Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
            Err(e) => {
                eprintln!("lease-watch: {e}");
                return ExitCode::FAILURE;
            }
        }
    }
}

inert_fixture_does_not_build!();
