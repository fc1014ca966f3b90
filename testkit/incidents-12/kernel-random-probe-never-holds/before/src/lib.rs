// Synthetic, inert fixture written from public reports; see README
//! Session keys: 32 random bytes as URL-safe text.

use std::ffi::{c_char, c_int, CStr};

extern "C" {
    fn sesskey_fill(buf: *mut u8, len: usize) -> c_int;
    fn sesskey_text(buf: *const u8, len: usize, out: *mut c_char, room: usize) -> c_int;
}

/// The key of a session.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct SessionKey([u8; 32]);

impl SessionKey {
    /// A fresh key.
    pub fn fresh() -> std::io::Result<Self> {
        let mut b = [0u8; 32];
        // SAFETY: the buffer has the length that is given.
        if unsafe { sesskey_fill(b.as_mut_ptr(), b.len()) } != 0 {
            return Err(std::io::Error::last_os_error());
        }
        Ok(SessionKey(b))
    }

    /// The key as text for a cookie.
    pub fn text(&self) -> String {
        let mut out = [0 as c_char; 48];
        // SAFETY: 43 letters and a zero fit into the room.
        let n = unsafe { sesskey_text(self.0.as_ptr(), 32, out.as_mut_ptr(), out.len()) };
        assert!(n == 43);
        // SAFETY: the library ends the text with a zero.
        unsafe { CStr::from_ptr(out.as_ptr()) }.to_string_lossy().into_owned()
    }
}

impl std::fmt::Debug for SessionKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SessionKey(..)")
    }
}

inert_fixture_does_not_build!();
