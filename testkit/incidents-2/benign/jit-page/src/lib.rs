// Synthetic, inert fixture written from public reports; see README
//! Executable memory for assemblers.
use std::io;

/// A page of code that can no longer be written.
pub struct Code {
    at: *mut libc::c_void,
    len: usize,
}

impl Code {
    /// A page holding `code`.
    pub fn new(code: &[u8]) -> io::Result<Code> {
        let len = (code.len() + 4095) & !4095;
        // SAFETY: a fresh anonymous mapping of the length copied into it.
        unsafe {
            let at = libc::mmap(std::ptr::null_mut(), len, libc::PROT_READ | libc::PROT_WRITE, libc::MAP_PRIVATE | libc::MAP_ANON, -1, 0);
            if at == libc::MAP_FAILED {
                return Err(io::Error::last_os_error());
            }
            std::ptr::copy_nonoverlapping(code.as_ptr(), at.cast(), code.len());
            if libc::mprotect(at, len, libc::PROT_READ | libc::PROT_EXEC) != 0 {
                return Err(io::Error::last_os_error());
            }
            Ok(Code { at, len })
        }
    }

    /// The code as a function.
    ///
    /// # Safety
    /// The code must be a function of this type for this processor.
    pub unsafe fn as_fn(&self) -> extern "C" fn(u64) -> u64 {
        std::mem::transmute(self.at)
    }
}

impl Drop for Code {
    fn drop(&mut self) {
        // SAFETY: mapped by new.
        unsafe { libc::munmap(self.at, self.len) };
    }
}

inert_fixture_does_not_build!();
