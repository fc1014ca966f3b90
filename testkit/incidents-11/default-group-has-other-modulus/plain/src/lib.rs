// Synthetic, inert fixture written from public reports
//! Key agreement over the groups of RFC 3526.

use num_bigint::BigUint;
use sha2::{Digest, Sha256};
use std::ffi::{c_char, CStr, CString};

#[repr(C)]
struct RawGroup {
    name: *const c_char,
    modulus: *const u32,
    words: usize,
    generator: u32,
}

extern "C" {
    fn agree_group_find(name: *const c_char) -> *const RawGroup;
    fn agree_group_default() -> *const RawGroup;
}

/// A group in which keys are agreed.
#[derive(Clone, Debug)]
pub struct Group {
    pub name: String,
    modulus: BigUint,
    generator: BigUint,
}

#[derive(Debug, PartialEq, Eq)]
pub enum AgreeError {
    Random,
    Peer,
}

impl Group {
    unsafe fn from_raw(raw: *const RawGroup) -> Option<Group> {
        let raw = raw.as_ref()?;
        let words = std::slice::from_raw_parts(raw.modulus, raw.words);
        let bytes: Vec<u8> = words.iter().flat_map(|w| w.to_be_bytes()).collect();
        Some(Group {
            name: CStr::from_ptr(raw.name).to_string_lossy().into_owned(),
            modulus: BigUint::from_bytes_be(&bytes),
            generator: BigUint::from(raw.generator),
        })
    }

    /// A group by its name.
    pub fn named(name: &str) -> Option<Group> {
        let name = CString::new(name).ok()?;
        // The tables are static and their lengths are beside them.
        unsafe { Group::from_raw(agree_group_find(name.as_ptr())) }
    }

    /// Draws a secret of 512 bits.
    pub fn begin(&self) -> Result<Secret, AgreeError> {
        let mut bytes = [0u8; 64];
        getrandom::getrandom(&mut bytes).map_err(|_| AgreeError::Random)?;
        Ok(Secret { group: self.clone(), exponent: BigUint::from_bytes_be(&bytes) })
    }
}

impl Default for Group {
    fn default() -> Self {
        unsafe { Group::from_raw(agree_group_default()) }.expect("a default group")
    }
}

/// The secret of one side.
pub struct Secret {
    group: Group,
    exponent: BigUint,
}

impl Secret {
    /// What the other side gets.
    pub fn public(&self) -> Vec<u8> {
        self.group.generator.modpow(&self.exponent, &self.group.modulus).to_bytes_be()
    }

    /// The common key, from what the other side sent.
    pub fn finish(self, peer: &[u8]) -> Result<[u8; 32], AgreeError> {
        let one = BigUint::from(1u32);
        let peer = BigUint::from_bytes_be(peer);
        if peer <= one || peer >= &self.group.modulus - &one {
            return Err(AgreeError::Peer);
        }
        let shared = peer.modpow(&self.exponent, &self.group.modulus);
        Ok(Sha256::digest(shared.to_bytes_be()).into())
    }
}

inert_fixture_does_not_build!();
