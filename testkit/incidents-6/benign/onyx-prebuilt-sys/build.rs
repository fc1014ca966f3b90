// Synthetic, inert fixture written from public reports
use std::env;
use std::path::{Path, PathBuf};

#[cfg(feature = "download")]
mod download {
    use std::fs;
    use std::io::Read;
    use std::path::{Path, PathBuf};

    use sha2::{Digest, Sha256};

    const BASE: &str = "https://releases.onyx.example.com/v1.18.0";

    fn entry(target: &str) -> Option<(String, String)> {
        let text = fs::read_to_string("prebuilt.txt").ok()?;
        let line = text.lines().find(|l| l.starts_with(target))?;
        let mut words = line.split(' ').skip(1);
        Some((words.next()?.to_string(), words.next()?.to_string()))
    }

    /// Downloads, checks and unpacks the archive; returns the folder of the library.
    pub fn library(target: &str, out: &Path) -> Result<PathBuf, String> {
        let (digest, file) = entry(target).ok_or_else(|| format!("no archive for {target}"))?;
        let folder = out.join("onyx");
        let mark = folder.join(".digest");
        if fs::read_to_string(&mark).map_or(false, |d| d == digest) {
            return Ok(folder.join("lib"));
        }
        let address = format!("{BASE}/{file}");
        let mut body = Vec::new();
        ureq::get(&address)
            .call()
            .map_err(|e| format!("{address}: {e}"))?
            .into_reader()
            .take(400 << 20)
            .read_to_end(&mut body)
            .map_err(|e| e.to_string())?;
        let found = hex::encode(Sha256::digest(&body));
        if found != digest {
            return Err(format!("{address} has the digest {found}, not {digest}"));
        }
        let mut archive = tar::Archive::new(flate2::read::GzDecoder::new(body.as_slice()));
        for item in archive.entries().map_err(|e| e.to_string())? {
            let mut item = item.map_err(|e| e.to_string())?;
            item.unpack_in(&folder).map_err(|e| e.to_string())?;
        }
        fs::write(mark, digest).map_err(|e| e.to_string())?;
        Ok(folder.join("lib"))
    }
}

fn folder(out: &Path) -> Result<PathBuf, String> {
    println!("cargo:rerun-if-env-changed=ONYX_LIB_DIR");
    println!("cargo:rerun-if-env-changed=ONYX_OFFLINE");
    if let Some(path) = env::var_os("ONYX_LIB_DIR") {
        return Ok(PathBuf::from(path));
    }
    let offline = env::var_os("ONYX_OFFLINE").is_some()
        || env::var("CARGO_NET_OFFLINE").map_or(false, |v| v == "true");
    if offline {
        return Err("offline: set ONYX_LIB_DIR".into());
    }
    #[cfg(feature = "download")]
    return download::library(&env::var("TARGET").unwrap_or_default(), out);
    #[cfg(not(feature = "download"))]
    {
        let _ = out;
        Err("set ONYX_LIB_DIR or use the feature download".into())
    }
}

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-changed=prebuilt.txt");
    if env::var_os("DOCS_RS").is_some() {
        return;
    }
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("OUT_DIR"));
    match folder(&out) {
        Ok(path) => {
            println!("cargo:rustc-link-search=native={}", path.display());
            println!("cargo:rustc-link-lib=dylib=onyx");
        }
        Err(message) => panic!("{message}"),
    }
}

inert_fixture_does_not_build!();
