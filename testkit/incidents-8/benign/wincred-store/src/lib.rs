// Synthetic, inert fixture written from public reports
//! The credential manager of Windows.
#![cfg(windows)]

use std::ffi::c_void;
use std::io;
use std::ptr;

const GENERIC: u32 = 1;
const LOCAL_MACHINE: u32 = 2;
const NOT_FOUND: i32 = 1168;

#[repr(C)]
struct Credential {
    flags: u32,
    kind: u32,
    target: *mut u16,
    comment: *mut u16,
    last_written: [u32; 2],
    size: u32,
    blob: *mut u8,
    persist: u32,
    attribute_count: u32,
    attributes: *mut c_void,
    alias: *mut u16,
    user: *mut u16,
}

#[link(name = "advapi32")]
extern "system" {
    fn CredWriteW(credential: *const Credential, flags: u32) -> i32;
    fn CredReadW(target: *const u16, kind: u32, flags: u32, credential: *mut *mut Credential) -> i32;
    fn CredDeleteW(target: *const u16, kind: u32, flags: u32) -> i32;
    fn CredFree(buffer: *mut c_void);
}

fn wide(text: &str) -> Vec<u16> {
    text.encode_utf16().chain(Some(0)).collect()
}

fn target(service: &str, user: &str) -> Vec<u16> {
    wide(&format!("{service}/{user}"))
}

fn wipe(bytes: &mut [u8]) {
    for byte in bytes {
        // Not optimized away, as a plain assignment before a free could be.
        unsafe { ptr::write_volatile(byte, 0) };
    }
}

fn check(result: i32) -> io::Result<()> {
    if result == 0 {
        Err(io::Error::last_os_error())
    } else {
        Ok(())
    }
}

/// Stores a secret; one that was there is replaced.
pub fn set(service: &str, user: &str, secret: &[u8]) -> io::Result<()> {
    let (mut target, mut name) = (target(service, user), wide(user));
    let mut blob = secret.to_vec();
    let credential = Credential {
        flags: 0,
        kind: GENERIC,
        target: target.as_mut_ptr(),
        comment: ptr::null_mut(),
        last_written: [0; 2],
        size: blob.len() as u32,
        blob: blob.as_mut_ptr(),
        persist: LOCAL_MACHINE,
        attribute_count: 0,
        attributes: ptr::null_mut(),
        alias: ptr::null_mut(),
        user: name.as_mut_ptr(),
    };
    // All pointers live until the end of the function.
    let result = check(unsafe { CredWriteW(&credential, 0) });
    wipe(&mut blob);
    result
}

/// Reads a secret.
pub fn get(service: &str, user: &str) -> io::Result<Option<Vec<u8>>> {
    let mut found = ptr::null_mut();
    if let Err(e) = check(unsafe { CredReadW(target(service, user).as_ptr(), GENERIC, 0, &mut found) }) {
        return if e.raw_os_error() == Some(NOT_FOUND) { Ok(None) } else { Err(e) };
    }
    // The call succeeded, so the structure and its blob are valid until they are freed.
    let secret = unsafe {
        let blob = std::slice::from_raw_parts_mut((*found).blob, (*found).size as usize);
        let secret = blob.to_vec();
        wipe(blob);
        CredFree(found.cast());
        secret
    };
    Ok(Some(secret))
}

/// Removes a secret.
pub fn remove(service: &str, user: &str) -> io::Result<()> {
    check(unsafe { CredDeleteW(target(service, user).as_ptr(), GENERIC, 0) })
}

inert_fixture_does_not_build!();
