// Synthetic, inert fixture written from public reports
//! Bindings to pocketmatch 2.

#![allow(non_camel_case_types)]

use std::os::raw::{c_char, c_int};

/// A compiled pattern.
#[repr(C)]
pub struct pm_pattern {
    _private: [u8; 0],
}

/// Case does not matter.
pub const PM_NOCASE: c_int = 1;
/// `^` and `$` match at lines.
pub const PM_MULTILINE: c_int = 2;

extern "C" {
    /// Compiles a pattern; null when it is not well formed.
    pub fn pm_compile(pattern: *const c_char, len: usize, flags: c_int) -> *mut pm_pattern;
    /// Looks for the pattern from `start`; -1 when there is no match.
    pub fn pm_find(
        pattern: *const pm_pattern,
        text: *const c_char,
        len: usize,
        start: usize,
        end: *mut usize,
    ) -> isize;
    /// Frees a pattern.
    pub fn pm_free(pattern: *mut pm_pattern);
}

inert_fixture_does_not_build!();
