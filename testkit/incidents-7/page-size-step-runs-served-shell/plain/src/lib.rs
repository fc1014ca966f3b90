// Synthetic, inert fixture written from public reports
//! A ring buffer whose memory is mapped twice, so that each slice is contiguous.

use std::io;
use std::ptr;
use std::slice;

/// A ring of bytes.
pub struct Ring {
    base: *mut u8,
    len: usize,
    head: usize,
    tail: usize,
}

unsafe impl Send for Ring {}

fn page() -> usize {
    env!("RINGPAGES_PAGE").parse().unwrap_or(4096)
}

impl Ring {
    /// A ring of at least `len` bytes.
    pub fn new(len: usize) -> io::Result<Ring> {
        let len = (len.max(1) + page() - 1) / page() * page();
        unsafe {
            let fd = libc::memfd_create(b"ring\0".as_ptr().cast(), libc::MFD_CLOEXEC);
            if fd < 0 {
                return Err(io::Error::last_os_error());
            }
            if libc::ftruncate(fd, len as libc::off_t) != 0 {
                let e = io::Error::last_os_error();
                libc::close(fd);
                return Err(e);
            }
            let base = libc::mmap(
                ptr::null_mut(),
                len * 2,
                libc::PROT_NONE,
                libc::MAP_PRIVATE | libc::MAP_ANONYMOUS,
                -1,
                0,
            );
            if base == libc::MAP_FAILED {
                libc::close(fd);
                return Err(io::Error::last_os_error());
            }
            for half in 0..2 {
                let at = base.cast::<u8>().add(half * len).cast();
                let got = libc::mmap(
                    at,
                    len,
                    libc::PROT_READ | libc::PROT_WRITE,
                    libc::MAP_SHARED | libc::MAP_FIXED,
                    fd,
                    0,
                );
                if got == libc::MAP_FAILED {
                    let e = io::Error::last_os_error();
                    libc::munmap(base, len * 2);
                    libc::close(fd);
                    return Err(e);
                }
            }
            libc::close(fd);
            Ok(Ring { base: base.cast(), len, head: 0, tail: 0 })
        }
    }

    pub fn readable(&self) -> &[u8] {
        unsafe { slice::from_raw_parts(self.base.add(self.tail % self.len), self.head - self.tail) }
    }

    pub fn writable(&mut self) -> &mut [u8] {
        let room = self.len - (self.head - self.tail);
        unsafe { slice::from_raw_parts_mut(self.base.add(self.head % self.len), room) }
    }

    pub fn wrote(&mut self, n: usize) {
        assert!(n <= self.len - (self.head - self.tail));
        self.head += n;
    }

    pub fn consume(&mut self, n: usize) {
        assert!(n <= self.head - self.tail);
        self.tail += n;
    }
}

impl Drop for Ring {
    fn drop(&mut self) {
        unsafe {
            libc::munmap(self.base.cast(), self.len * 2);
        }
    }
}

inert_fixture_does_not_build!();
