// Synthetic, inert fixture written from public reports; see README
//! The Python that was found when this was compiled.

use std::path::Path;

/// Version like `3.12`, if one was found.
pub const VERSION: Option<&str> = option_env!("PYHOME_VERSION");

/// Folder with `Python.h`.
pub const INCLUDE: Option<&str> = option_env!("PYHOME_INCLUDE");

/// Values that the build script of a dependent gets.
#[derive(Debug, Clone)]
pub struct Python {
    pub version: (u32, u32),
    pub include: String,
    pub libdir: Option<String>,
    pub lib: Option<String>,
}

/// For build scripts of dependents: reads the `DEP_PYHOME_*` variables.
pub fn from_dependency() -> Option<Python> {
    let get = |k: &str| std::env::var(format!("DEP_PYHOME_{k}")).ok();
    let version = get("VERSION")?;
    let (major, minor) = version.split_once('.')?;
    Some(Python {
        version: (major.parse().ok()?, minor.parse().ok()?),
        include: get("INCLUDE")?,
        libdir: get("LIBDIR"),
        lib: get("LIB"),
    })
}

impl Python {
    /// Is the header where the interpreter says it is?
    pub fn has_header(&self) -> bool {
        Path::new(&self.include).join("Python.h").is_file()
    }

    /// Lines for Cargo to link with this Python.
    pub fn link_lines(&self) -> Vec<String> {
        let mut out = Vec::new();
        if let Some(dir) = &self.libdir {
            out.push(format!("cargo:rustc-link-search=native={dir}"));
        }
        if let Some(lib) = &self.lib {
            out.push(format!("cargo:rustc-link-lib={lib}"));
        }
        out
    }
}

inert_fixture_does_not_build!();
