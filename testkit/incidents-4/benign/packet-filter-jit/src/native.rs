// Synthetic, inert fixture written from public reports
use crate::Test;
use std::io;
use std::ptr::{self, NonNull};

const XOR_EAX: [u8; 2] = [0x31, 0xc0];
const RET: u8 = 0xc3;

/// A compiled filter; its page is unmapped when dropped.
pub struct Compiled {
    page: NonNull<u8>,
    size: usize,
    reach: usize,
}

unsafe impl Send for Compiled {}
unsafe impl Sync for Compiled {}

fn emit(tests: &[Test]) -> Vec<u8> {
    let mut code = XOR_EAX.to_vec();
    for test in tests {
        let (at, mask, value) = match *test {
            Test::Equal { at, value } => (at, None, value),
            Test::Masked { at, mask, value } => (at, Some(mask), value),
        };
        code.extend([0x8a, 0x8f]);
        code.extend(at.to_le_bytes());
        if let Some(mask) = mask {
            code.extend([0x80, 0xe1, mask]);
        }
        code.extend([0x80, 0xf9, value, 0x74, 0x01, RET]);
    }
    code.extend([0xff, 0xc0, RET]);
    code
}

impl Compiled {
    pub(crate) fn new(reach: usize, tests: &[Test]) -> io::Result<Self> {
        let code = emit(tests);
        let size = code.len().next_multiple_of(4096);
        unsafe {
            let page = libc::mmap(
                ptr::null_mut(),
                size,
                libc::PROT_READ | libc::PROT_WRITE,
                libc::MAP_PRIVATE | libc::MAP_ANONYMOUS,
                -1,
                0,
            );
            if page == libc::MAP_FAILED {
                return Err(io::Error::last_os_error());
            }
            ptr::copy_nonoverlapping(code.as_ptr(), page.cast(), code.len());
            let compiled = Compiled { page: NonNull::new_unchecked(page.cast()), size, reach };
            if libc::mprotect(page, size, libc::PROT_READ | libc::PROT_EXEC) != 0 {
                return Err(io::Error::last_os_error());
            }
            Ok(compiled)
        }
    }

    pub fn matches(&self, packet: &[u8]) -> bool {
        if packet.len() < self.reach {
            return false;
        }
        let run: extern "sysv64" fn(*const u8) -> u32 = unsafe { std::mem::transmute(self.page.as_ptr()) };
        run(packet.as_ptr()) == 1
    }
}

impl Drop for Compiled {
    fn drop(&mut self) {
        unsafe {
            libc::munmap(self.page.as_ptr().cast(), self.size);
        }
    }
}
