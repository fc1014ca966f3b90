// Synthetic, inert fixture written from public reports
//! Bindings to the system's tonelib.
#![allow(non_camel_case_types)]

include!(concat!(env!("OUT_DIR"), "/bindings.rs"));

/// The size of `tone_note` as the C compiler has it, in bits or bytes as it prints it.
pub const LAYOUT: Option<&str> = option_env!("TONE_LAYOUT");

/// The version of the library that is loaded.
pub fn version() -> String {
    let text = unsafe { std::ffi::CStr::from_ptr(tone_version()) };
    text.to_string_lossy().into_owned()
}

inert_fixture_does_not_build!();
