// Synthetic, inert fixture written from public reports; see README
//! Finds what the compiler can do.
use std::{env, fs, io::Write, path::PathBuf, process::{Command, Stdio}};

/// A probe for the compiler of this build.
pub struct Probe {
    rustc: std::ffi::OsString,
    out: PathBuf,
}

impl Probe {
    /// A probe by the variables of a build script.
    pub fn new() -> Option<Probe> {
        Some(Probe { rustc: env::var_os("RUSTC").unwrap_or_else(|| "rustc".into()), out: env::var_os("OUT_DIR")?.into() })
    }

    /// Whether `code` compiles.
    pub fn compiles(&self, code: &str) -> bool {
        let mut c = Command::new(&self.rustc);
        if let Some(wrapper) = env::var_os("RUSTC_WRAPPER").filter(|w| !w.is_empty()) {
            c = Command::new(wrapper);
            c.arg(&self.rustc);
        }
        c.args(["--crate-name=probe", "--crate-type=lib", "--emit=metadata", "--out-dir"]).arg(&self.out);
        if let Ok(target) = env::var("TARGET") {
            c.arg("--target").arg(target);
        }
        let Ok(mut child) = c.arg("-").stdin(Stdio::piped()).stderr(Stdio::null()).spawn() else { return false };
        child.stdin.take().map(|mut i| i.write_all(code.as_bytes()));
        let good = child.wait().map_or(false, |s| s.success());
        let _ = fs::remove_file(self.out.join("libprobe.rmeta"));
        good
    }

    /// Prints cfg `name` when `code` compiles.
    pub fn emit(&self, name: &str, code: &str) {
        println!("cargo:rustc-check-cfg=cfg({name})");
        if self.compiles(code) {
            println!("cargo:rustc-cfg={name}");
        }
    }
}

inert_fixture_does_not_build!();
