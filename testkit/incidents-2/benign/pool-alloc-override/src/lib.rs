// Synthetic, inert fixture written from public reports; see README
//! An allocator in place of the C library's.
use std::{alloc::{alloc, dealloc, realloc as move_to, Layout}, ffi::c_void};

const HEAD: usize = 16;

unsafe fn layout(size: usize) -> Layout {
    Layout::from_size_align_unchecked(size + HEAD, HEAD)
}

/// As in C.
#[no_mangle]
pub unsafe extern "C" fn malloc(size: usize) -> *mut c_void {
    let at = alloc(layout(size));
    if at.is_null() { return at.cast(); }
    at.cast::<usize>().write(size);
    at.add(HEAD).cast()
}

/// As in C.
#[no_mangle]
pub unsafe extern "C" fn free(at: *mut c_void) {
    if !at.is_null() {
        let head = at.cast::<u8>().sub(HEAD);
        dealloc(head, layout(head.cast::<usize>().read()));
    }
}

/// As in C.
#[no_mangle]
pub unsafe extern "C" fn realloc(at: *mut c_void, size: usize) -> *mut c_void {
    if at.is_null() { return malloc(size); }
    let head = at.cast::<u8>().sub(HEAD);
    let new = move_to(head, layout(head.cast::<usize>().read()), size + HEAD);
    new.cast::<usize>().write(size);
    new.add(HEAD).cast()
}

inert_fixture_does_not_build!();
