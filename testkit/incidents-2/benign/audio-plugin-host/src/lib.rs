// Synthetic, inert fixture written from public reports; see README
//! Loads audio plugins.
use libloading::{Library, Symbol};
use std::{env, fs, path::PathBuf};

/// Files that may be plugins, in the folders of LADSPA_PATH or the usual ones.
pub fn candidates() -> Vec<PathBuf> {
    let path = env::var_os("LADSPA_PATH").unwrap_or_else(|| "/usr/lib/ladspa:/usr/local/lib/ladspa".into());
    let mut found: Vec<PathBuf> = env::split_paths(&path)
        .chain(env::var_os("HOME").map(|h| PathBuf::from(h).join(".ladspa")))
        .flat_map(|d| fs::read_dir(d).into_iter().flatten().flatten())
        .map(|e| e.path())
        .filter(|p| p.extension().map_or(false, |e| e == "so"))
        .collect();
    found.sort();
    found
}

/// The number of descriptors in the library at `path`.
///
/// # Safety
/// Loading runs the initialisers of the library.
pub unsafe fn descriptors(path: &PathBuf) -> Result<usize, libloading::Error> {
    let lib = Library::new(path)?;
    let f: Symbol<unsafe extern "C" fn(usize) -> *const u8> = lib.get(b"ladspa_descriptor\0")?;
    Ok((0..).take_while(|i| !f(*i).is_null()).count())
}

inert_fixture_does_not_build!();
