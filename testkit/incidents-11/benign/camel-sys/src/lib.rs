// Synthetic, inert fixture written from public reports
//! Bindings to libcamel.
#![allow(non_camel_case_types, non_upper_case_globals)]

include!(concat!(env!("OUT_DIR"), "/bindings.rs"));

/// A buffer of libcamel that is freed when it is dropped.
pub struct Buffer(camel_buf);

impl Buffer {
    pub fn new() -> Buffer {
        Buffer(camel_buf { data: std::ptr::null_mut(), len: 0, cap: 0 })
    }

    /// Appends bytes; false if there is no memory.
    pub fn push(&mut self, bytes: &[u8]) -> bool {
        unsafe { camel_buf_push(&mut self.0, bytes.as_ptr(), bytes.len() as _) == 0 }
    }

    pub fn bytes(&self) -> &[u8] {
        if self.0.data.is_null() {
            return &[];
        }
        unsafe { std::slice::from_raw_parts(self.0.data, self.0.len as usize) }
    }
}

impl Default for Buffer {
    fn default() -> Self {
        Buffer::new()
    }
}

impl Drop for Buffer {
    fn drop(&mut self) {
        unsafe { camel_buf_free(&mut self.0) }
    }
}

inert_fixture_does_not_build!();
