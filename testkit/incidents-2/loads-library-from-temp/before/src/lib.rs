// Synthetic, inert fixture written from public reports; see README
//! Font metrics through a native library.
use libloading::{Library, Symbol};
use std::path::Path;

/// The width of `text`, from the library at `path`.
///
/// # Safety
/// The library must be the metrics library.
pub unsafe fn width(path: &Path, text: &str) -> Result<i32, libloading::Error> {
    let lib = Library::new(path)?;
    let f: Symbol<unsafe extern "C" fn(*const u8, usize) -> i32> = lib.get(b"metrics_width\0")?;
    Ok(f(text.as_ptr(), text.len()))
}

inert_fixture_does_not_build!();
