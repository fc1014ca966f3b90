// Synthetic, inert fixture written from public reports; see README
//! Packet sockets and pcap files, for Linux.

use std::ffi::CString;
use std::io::{self, Write};
use std::mem;
use std::os::fd::{AsRawFd, FromRawFd, OwnedFd};
use std::time::{SystemTime, UNIX_EPOCH};

/// A socket that sees the frames of one interface.
pub struct Capture {
    fd: OwnedFd,
}

fn check(result: libc::c_int) -> io::Result<libc::c_int> {
    if result < 0 {
        Err(io::Error::last_os_error())
    } else {
        Ok(result)
    }
}

impl Capture {
    /// Opens an interface by name.
    pub fn open(interface: &str, promiscuous: bool) -> io::Result<Capture> {
        let name = CString::new(interface)?;
        let index = unsafe { libc::if_nametoindex(name.as_ptr()) };
        if index == 0 {
            return Err(io::Error::last_os_error());
        }
        let protocol = (libc::ETH_P_ALL as u16).to_be();
        let raw = check(unsafe {
            libc::socket(libc::AF_PACKET, libc::SOCK_RAW | libc::SOCK_CLOEXEC, libc::c_int::from(protocol))
        })?;
        // The descriptor is new and belongs to nobody else.
        let fd = unsafe { OwnedFd::from_raw_fd(raw) };

        let mut address: libc::sockaddr_ll = unsafe { mem::zeroed() };
        address.sll_family = libc::AF_PACKET as u16;
        address.sll_protocol = protocol;
        address.sll_ifindex = index as i32;
        check(unsafe {
            libc::bind(
                fd.as_raw_fd(),
                (&address as *const libc::sockaddr_ll).cast(),
                mem::size_of_val(&address) as libc::socklen_t,
            )
        })?;

        if promiscuous {
            let mut request: libc::packet_mreq = unsafe { mem::zeroed() };
            request.mr_ifindex = index as i32;
            request.mr_type = libc::PACKET_MR_PROMISC as u16;
            check(unsafe {
                libc::setsockopt(
                    fd.as_raw_fd(),
                    libc::SOL_PACKET,
                    libc::PACKET_ADD_MEMBERSHIP,
                    (&request as *const libc::packet_mreq).cast(),
                    mem::size_of_val(&request) as libc::socklen_t,
                )
            })?;
        }
        Ok(Capture { fd })
    }

    /// Waits for a frame; gives its full length, which may be more than fits.
    pub fn next(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let size = unsafe {
            libc::recv(self.fd.as_raw_fd(), buffer.as_mut_ptr().cast(), buffer.len(), libc::MSG_TRUNC)
        };
        if size < 0 {
            return Err(io::Error::last_os_error());
        }
        Ok(size as usize)
    }
}

/// Writes a pcap file.
pub struct Pcap<W: Write> {
    out: W,
    snap: u32,
}

impl<W: Write> Pcap<W> {
    pub fn new(mut out: W, snap: u32) -> io::Result<Self> {
        let mut head = Vec::with_capacity(24);
        head.extend_from_slice(&0xa1b2_c3d4u32.to_le_bytes());
        head.extend_from_slice(&2u16.to_le_bytes());
        head.extend_from_slice(&4u16.to_le_bytes());
        head.extend_from_slice(&[0; 8]);
        head.extend_from_slice(&snap.to_le_bytes());
        head.extend_from_slice(&1u32.to_le_bytes());
        out.write_all(&head)?;
        Ok(Pcap { out, snap })
    }

    pub fn frame(&mut self, bytes: &[u8], full: usize) -> io::Result<()> {
        let time = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        let kept = bytes.len().min(self.snap as usize);
        for number in [time.as_secs() as u32, time.subsec_micros(), kept as u32, full as u32] {
            self.out.write_all(&number.to_le_bytes())?;
        }
        self.out.write_all(&bytes[..kept])
    }

    pub fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

inert_fixture_does_not_build!();
