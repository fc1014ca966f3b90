//! What the probes share: trying something, and writing down how it ended.
//!
//! A probe writes one line an attempt to `attempts.tsv` in its `OUT_DIR`: the outcome (`reached`, `denied`; `printed` where
//! the harness checks something else), the name of the attempt, and what was seen. What a probe cannot guess (ports, paths, names that the harness made up) is in
//! `targets.txt` at the root of the project, `key=value` a line: a real attacker knows or guesses these.

pub mod relay;

use std::ffi::CString;
use std::fs::{File, OpenOptions};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// How long an attempt that talks waits for an answer.
pub const PATIENCE: Duration = Duration::from_millis(300);

pub type Tried = Result<String, String>;

/// The attempts of one probe, written down as they end: a probe that is killed has written what came before.
pub struct Attempts {
    log: File,
}

impl Attempts {
    /// Opens the log of the build script or proc macro that runs this.
    pub fn open() -> Attempts {
        let folder = PathBuf::from(std::env::var_os("OUT_DIR").expect("cargo sets OUT_DIR"));
        Attempts::in_file(&folder.join("attempts.tsv"))
    }

    pub fn in_file(file: &Path) -> Attempts {
        let log = OpenOptions::new().create(true).append(true).open(file).expect("the log can be opened");
        Attempts { log }
    }

    /// Writes down an attempt that has been made.
    pub fn note(&mut self, name: &str, tried: Tried) {
        match tried {
            Ok(seen) => self.line("reached", name, &seen),
            Err(why) => self.line("denied", name, &why),
        }
    }

    /// Writes down a result that the harness checks in another way.
    pub fn tell(&mut self, name: &str, seen: impl std::fmt::Debug) {
        self.line("printed", name, &format!("{seen:?}"));
    }

    fn line(&mut self, outcome: &str, name: &str, seen: &str) {
        let seen: String = seen.chars().take(2000).flat_map(char::escape_default).collect();
        writeln!(self.log, "{outcome}\t{name}\t{seen}").expect("the log can be written");
    }

    /// Reads a file and tells what stands in it.
    pub fn read(&mut self, path: impl AsRef<Path>) {
        let path = path.as_ref();
        self.note(&format!("read {}", path.display()), content(path));
    }

    /// Makes or changes a file.
    pub fn write(&mut self, path: impl AsRef<Path>) {
        let path = path.as_ref();
        let is_rust = path.extension().is_some_and(|ending| ending == "rs");
        let tried = OpenOptions::new()
            .create(true)
            .append(true)
            .open(path)
            .and_then(|mut file| file.write_all(if is_rust { b"// planted\n" } else { b"# planted\n" }))
            .map(|()| "written".to_string())
            .map_err(|e| e.to_string());
        self.note(&format!("write {}", path.display()), tried);
    }

    /// Makes a system call. Reached is whatever got past permission: success, and complaints about the arguments.
    pub fn call(&mut self, name: &str, number: i64, arguments: &[i64]) -> Option<i64> {
        match sys::call(number, arguments) {
            Ok(value) => {
                self.note(name, Ok(format!("returned {value}")));
                Some(value)
            }
            Err(errno) => {
                self.note(name, sys::judged(errno));
                None
            }
        }
    }
}

/// What stands in a file, at most 64 KiB of it.
pub fn content(path: &Path) -> Tried {
    let mut seen = Vec::new();
    File::open(path)
        .and_then(|file| file.take(1 << 16).read_to_end(&mut seen))
        .map_err(|e| e.to_string())?;
    if seen.is_empty() {
        return Err("empty".to_string());
    }
    Ok(String::from_utf8_lossy(&seen).into_owned())
}

/// The project that the harness laid out.
pub fn project() -> PathBuf {
    let mut folder = PathBuf::from(std::env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets CARGO_MANIFEST_DIR"));
    while !folder.join("targets.txt").exists() {
        assert!(folder.pop(), "no targets.txt above CARGO_MANIFEST_DIR");
    }
    folder
}

/// What the harness says of `key`.
pub fn target(key: &str) -> String {
    let text = std::fs::read_to_string(project().join("targets.txt")).expect("targets.txt can be read");
    let prefix = format!("{key}=");
    text.lines()
        .find_map(|line| line.strip_prefix(prefix.as_str()))
        .unwrap_or_else(|| panic!("targets.txt has no {key}"))
        .to_string()
}

pub fn c_string(text: impl Into<Vec<u8>>) -> CString {
    CString::new(text).expect("no NUL")
}

/// System calls of x86-64 Linux by number.
pub mod sys {
    use std::ffi::c_long;

    extern "C" {
        fn syscall(number: c_long, ...) -> c_long;
        fn __errno_location() -> *mut i32;
    }

    pub const EPERM: i32 = 1;
    pub const ENOENT: i32 = 2;
    pub const ESRCH: i32 = 3;
    pub const EACCES: i32 = 13;
    pub const EROFS: i32 = 30;
    pub const ENOSYS: i32 = 38;
    pub const ENOTSUP: i32 = 95;
    pub const EAFNOSUPPORT: i32 = 97;
    pub const ENETUNREACH: i32 = 101;
    pub const ECONNREFUSED: i32 = 111;
    pub const ENOSPC: i32 = 28;
    const DENIALS: [i32; 11] = [
        EPERM, ENOENT, ESRCH, EACCES, EROFS, ENOSYS, ENOTSUP, EAFNOSUPPORT, ENETUNREACH, ECONNREFUSED, ENOSPC,
    ];

    pub fn errno() -> i32 {
        unsafe { *__errno_location() }
    }

    /// Makes the call; the error is the errno.
    pub fn call(number: i64, arguments: &[i64]) -> Result<i64, i32> {
        let mut six = [0i64; 6];
        six[..arguments.len()].copy_from_slice(arguments);
        let value = unsafe { syscall(number, six[0], six[1], six[2], six[3], six[4], six[5]) };
        if value == -1 {
            Err(errno())
        } else {
            Ok(value)
        }
    }

    /// Denied where the errno is one of refusal, reached where it complains about anything else.
    pub fn judged(errno: i32) -> super::Tried {
        let text = std::io::Error::from_raw_os_error(errno).to_string();
        if DENIALS.contains(&errno) {
            Err(text)
        } else {
            Ok(text)
        }
    }
}
