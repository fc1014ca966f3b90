// Synthetic, inert fixture written from public reports
use sha2::{Digest, Sha256};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::{env, fs};

const VERSION: &str = "2.8.1";
const RELEASES: &str = "https://releases.pocketmatch.invalid";

fn main() {
    println!("cargo:rerun-if-env-changed=POCKETMATCH_LIB_DIR");
    println!("cargo:rerun-if-changed=digests.txt");
    let dir = match env::var_os("POCKETMATCH_LIB_DIR") {
        Some(dir) => PathBuf::from(dir),
        None => download(&env::var("TARGET").unwrap()),
    };
    println!("cargo:rustc-link-search=native={}", dir.display());
    println!("cargo:rustc-link-lib=static=pocketmatch");
}

fn pinned(target: &str) -> Option<String> {
    let list = fs::read_to_string("digests.txt").ok()?;
    list.lines()
        .filter_map(|l| l.split_once(' '))
        .find(|(t, _)| *t == target)
        .map(|(_, d)| d.trim().to_owned())
}

fn get(url: &str) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    ureq::get(url)
        .call()
        .map_err(|e| format!("{url}: {e}"))?
        .into_reader()
        .take(64 << 20)
        .read_to_end(&mut bytes)
        .map_err(|e| format!("{url}: {e}"))?;
    Ok(bytes)
}

fn hex(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|b| format!("{b:02x}")).collect()
}

fn download(target: &str) -> PathBuf {
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap());
    let file = out.join("libpocketmatch.a");
    let digest = pinned(target).unwrap_or_else(|| {
        panic!("no prebuilt library for {target}; set POCKETMATCH_LIB_DIR")
    });
    if fs::read(&file).map(|b| hex(&b) == digest).unwrap_or(false) {
        return out;
    }
    let bytes = get(&format!("{RELEASES}/{VERSION}/{target}/libpocketmatch.a"))
        .unwrap_or_else(|e| panic!("{e}; set POCKETMATCH_LIB_DIR to build offline"));
    assert_eq!(hex(&bytes), digest, "digest of the library for {target}");
    store(&file, &bytes);
    out
}

fn store(file: &Path, bytes: &[u8]) {
    fs::write(file, bytes).unwrap_or_else(|e| panic!("{}: {e}", file.display()));
}

inert_fixture_does_not_build!();
