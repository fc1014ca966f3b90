// Synthetic, inert fixture written from public reports; see README
//! Memory files with seals.
use std::{ffi::CString, fs::File, io::{self, Write}, os::fd::{AsRawFd, FromRawFd}};

/// A memory file holding `data` that cannot change.
pub fn sealed(name: &str, data: &[u8]) -> io::Result<File> {
    let name = CString::new(name)?;
    // SAFETY: the name ends with a zero byte; the descriptor is owned by the file.
    let mut file = unsafe {
        let fd = libc::memfd_create(name.as_ptr(), libc::MFD_CLOEXEC | libc::MFD_ALLOW_SEALING);
        if fd < 0 { return Err(io::Error::last_os_error()); }
        File::from_raw_fd(fd)
    };
    file.write_all(data)?;
    let seals = libc::F_SEAL_SHRINK | libc::F_SEAL_GROW | libc::F_SEAL_WRITE | libc::F_SEAL_SEAL;
    // SAFETY: a valid descriptor.
    if unsafe { libc::fcntl(file.as_raw_fd(), libc::F_ADD_SEALS, seals) } != 0 { return Err(io::Error::last_os_error()); }
    Ok(file)
}

inert_fixture_does_not_build!();
