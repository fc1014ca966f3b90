// Synthetic, inert fixture written from public reports; see README
//! The credential store of Windows.

use std::fmt;

/// Entries of one program.
#[derive(Debug, Clone)]
pub struct Vault {
    prefix: String,
}

/// A password, overwritten when it is dropped.
pub struct Secret(Vec<u8>);

impl Secret {
    pub fn bytes(&self) -> &[u8] {
        &self.0
    }

    pub fn text(&self) -> Option<&str> {
        std::str::from_utf8(&self.0).ok()
    }
}

impl Drop for Secret {
    fn drop(&mut self) {
        for byte in &mut self.0 {
            // A plain store could be removed by the compiler.
            unsafe { std::ptr::write_volatile(byte, 0) };
        }
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Secret({} bytes)", self.0.len())
    }
}

#[derive(Debug, PartialEq, Eq)]
pub enum Error {
    Unsupported,
    BadName,
    TooLong,
    System(u32),
}

impl Vault {
    /// The entries of a program; its name becomes their prefix.
    pub fn of(program: &str) -> Result<Vault, Error> {
        if program.is_empty() || program.contains(['/', '*', '\0']) {
            return Err(Error::BadName);
        }
        Ok(Vault { prefix: format!("{program}/") })
    }

    fn target(&self, name: &str) -> Result<Vec<u16>, Error> {
        if name.is_empty() || name.contains(['*', '\0']) {
            return Err(Error::BadName);
        }
        Ok(wide(&format!("{}{name}", self.prefix)))
    }

    pub fn get(&self, name: &str) -> Result<Option<Secret>, Error> {
        imp::read(&self.target(name)?)
    }

    pub fn set(&self, name: &str, user: &str, secret: &[u8]) -> Result<(), Error> {
        if secret.len() > 2560 {
            return Err(Error::TooLong);
        }
        imp::write(&self.target(name)?, &wide(user), secret)
    }

    pub fn remove(&self, name: &str) -> Result<bool, Error> {
        imp::delete(&self.target(name)?)
    }
}

fn wide(text: &str) -> Vec<u16> {
    text.encode_utf16().chain([0]).collect()
}

#[cfg(windows)]
mod imp {
    use super::{Error, Secret};
    use windows_sys::Win32::Foundation::{GetLastError, ERROR_NOT_FOUND};
    use windows_sys::Win32::Security::Credentials::*;

    fn missing<T>(value: T) -> Result<T, Error> {
        match unsafe { GetLastError() } {
            ERROR_NOT_FOUND => Ok(value),
            code => Err(Error::System(code)),
        }
    }

    pub fn read(target: &[u16]) -> Result<Option<Secret>, Error> {
        let mut entry: *mut CREDENTIALW = std::ptr::null_mut();
        if unsafe { CredReadW(target.as_ptr(), CRED_TYPE_GENERIC, 0, &mut entry) } == 0 {
            return missing(None);
        }
        // The system says that the pointer and the size are good until CredFree.
        let secret = unsafe {
            let e = &*entry;
            let bytes = std::slice::from_raw_parts(e.CredentialBlob, e.CredentialBlobSize as usize).to_vec();
            CredFree(entry.cast());
            bytes
        };
        Ok(Some(Secret(secret)))
    }

    pub fn write(target: &[u16], user: &[u16], secret: &[u8]) -> Result<(), Error> {
        let mut entry: CREDENTIALW = unsafe { std::mem::zeroed() };
        entry.Type = CRED_TYPE_GENERIC;
        entry.Persist = CRED_PERSIST_LOCAL_MACHINE;
        entry.TargetName = target.as_ptr() as *mut u16;
        entry.UserName = user.as_ptr() as *mut u16;
        entry.CredentialBlob = secret.as_ptr() as *mut u8;
        entry.CredentialBlobSize = secret.len() as u32;
        match unsafe { CredWriteW(&entry, 0) } {
            0 => Err(Error::System(unsafe { GetLastError() })),
            _ => Ok(()),
        }
    }

    pub fn delete(target: &[u16]) -> Result<bool, Error> {
        match unsafe { CredDeleteW(target.as_ptr(), CRED_TYPE_GENERIC, 0) } {
            0 => missing(false),
            _ => Ok(true),
        }
    }
}

#[cfg(not(windows))]
mod imp {
    use super::{Error, Secret};

    pub fn read(_: &[u16]) -> Result<Option<Secret>, Error> {
        Err(Error::Unsupported)
    }

    pub fn write(_: &[u16], _: &[u16], _: &[u8]) -> Result<(), Error> {
        Err(Error::Unsupported)
    }

    pub fn delete(_: &[u16]) -> Result<bool, Error> {
        Err(Error::Unsupported)
    }
}

inert_fixture_does_not_build!();
