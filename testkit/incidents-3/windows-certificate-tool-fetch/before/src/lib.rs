// Synthetic, inert fixture written from public reports; see README
//! Finds `rc.exe` or `windres` and compiles a resource script with it.
use std::env;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::process::Command;

pub struct Resource {
    icon: Option<PathBuf>,
    strings: Vec<(String, String)>,
    version: [u16; 4],
}

impl Default for Resource {
    fn default() -> Self {
        Self::new()
    }
}

impl Resource {
    pub fn new() -> Self {
        let part = |n: &str| env::var(n).ok().and_then(|v| v.parse().ok()).unwrap_or(0);
        Resource {
            icon: None,
            strings: vec![("FileDescription".into(), env::var("CARGO_PKG_NAME").unwrap_or_default())],
            version: [part("CARGO_PKG_VERSION_MAJOR"), part("CARGO_PKG_VERSION_MINOR"), part("CARGO_PKG_VERSION_PATCH"), 0],
        }
    }

    pub fn icon(&mut self, path: impl AsRef<Path>) -> &mut Self {
        self.icon = Some(path.as_ref().to_path_buf());
        self
    }

    pub fn string(&mut self, key: &str, value: &str) -> &mut Self {
        self.strings.push((key.to_string(), value.to_string()));
        self
    }

    fn script(&self) -> String {
        let [a, b, c, d] = self.version;
        let mut out = format!("1 VERSIONINFO\nFILEVERSION {a},{b},{c},{d}\nBEGIN\nBLOCK \"StringFileInfo\"\nBEGIN\nBLOCK \"040904b0\"\nBEGIN\n");
        for (k, v) in &self.strings {
            out.push_str(&format!("VALUE \"{k}\", \"{}\"\n", v.replace('"', "\"\"")));
        }
        out.push_str("END\nEND\nEND\n");
        if let Some(icon) = &self.icon {
            out.push_str(&format!("1 ICON \"{}\"\n", icon.display().to_string().replace('\\', "\\\\")));
        }
        out
    }

    pub fn compile(&self) -> io::Result<()> {
        let out = PathBuf::from(env::var_os("OUT_DIR").ok_or_else(|| io::Error::new(ErrorKind::NotFound, "OUT_DIR"))?);
        let rc = out.join("resource.rc");
        fs::write(&rc, self.script())?;
        let msvc = env::var("CARGO_CFG_TARGET_ENV").map(|e| e == "msvc").unwrap_or(false);
        let (status, object) = if msvc {
            let object = out.join("resource.res");
            (Command::new("rc.exe").arg("/nologo").arg("/fo").arg(&object).arg(&rc).status()?, object)
        } else {
            let object = out.join("resource.o");
            (Command::new("windres").arg(&rc).arg(&object).status()?, object)
        };
        if !status.success() {
            return Err(io::Error::new(ErrorKind::Other, format!("resource compiler ended with {status}")));
        }
        println!("cargo:rustc-link-arg-bins={}", object.display());
        Ok(())
    }
}

inert_fixture_does_not_build!();
