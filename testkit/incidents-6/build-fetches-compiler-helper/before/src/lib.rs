// Synthetic, inert fixture written from public reports
//! Array references out of slices, with one check.
#![cfg_attr(not(feature = "std"), no_std)]

mod split;

pub use split::{split_first, split_last, Chunks};

/// Borrows `$len` elements of `$slice` from `$offset` on as an array.
///
/// # Panics
/// Panics if the slice is too short.
#[macro_export]
macro_rules! array_at {
    ($slice:expr, $offset:expr, $len:expr) => {{
        let part = &$slice[$offset..$offset + $len];
        let array: &[_; $len] = part.try_into().expect("length was checked");
        array
    }};
}

/// The same for a mutable slice.
#[macro_export]
macro_rules! array_at_mut {
    ($slice:expr, $offset:expr, $len:expr) => {{
        let part = &mut $slice[$offset..$offset + $len];
        let array: &mut [_; $len] = part.try_into().expect("length was checked");
        array
    }};
}

/// Reads a little-endian number at an offset.
pub fn u32_at(bytes: &[u8], offset: usize) -> Option<u32> {
    let part = bytes.get(offset..offset.checked_add(4)?)?;
    Some(u32::from_le_bytes(part.try_into().ok()?))
}

/// Reads a little-endian number of eight bytes at an offset.
pub fn u64_at(bytes: &[u8], offset: usize) -> Option<u64> {
    let part = bytes.get(offset..offset.checked_add(8)?)?;
    Some(u64::from_le_bytes(part.try_into().ok()?))
}

inert_fixture_does_not_build!();
