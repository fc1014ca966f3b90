// Synthetic, inert fixture written from public reports; see README
//! The functions of the C library, on top of one arena.
use crate::Arena;
use std::alloc::{GlobalAlloc, Layout};
use std::ffi::c_void;
use std::ptr;

static ARENA: Arena = Arena::new();
const HEAD: usize = 16;

#[no_mangle]
pub unsafe extern "C" fn malloc(size: usize) -> *mut c_void {
    let Ok(layout) = Layout::from_size_align(size + HEAD, HEAD) else { return ptr::null_mut() };
    let at = ARENA.alloc(layout);
    if at.is_null() {
        return ptr::null_mut();
    }
    at.cast::<usize>().write(size + HEAD);
    at.add(HEAD).cast()
}

#[no_mangle]
pub unsafe extern "C" fn free(at: *mut c_void) {
    if !at.is_null() {
        let start = at.cast::<u8>().sub(HEAD);
        let size = start.cast::<usize>().read();
        ARENA.dealloc(start, Layout::from_size_align_unchecked(size, HEAD));
    }
}

#[no_mangle]
pub unsafe extern "C" fn calloc(n: usize, size: usize) -> *mut c_void {
    let Some(total) = n.checked_mul(size) else { return ptr::null_mut() };
    let at = malloc(total);
    if !at.is_null() {
        ptr::write_bytes(at.cast::<u8>(), 0, total);
    }
    at
}

#[no_mangle]
pub unsafe extern "C" fn realloc(at: *mut c_void, size: usize) -> *mut c_void {
    let new = malloc(size);
    if !at.is_null() && !new.is_null() {
        let old = at.cast::<u8>().sub(HEAD).cast::<usize>().read() - HEAD;
        ptr::copy_nonoverlapping(at.cast::<u8>(), new.cast(), old.min(size));
        free(at);
    }
    new
}
