// Synthetic, inert fixture written from public reports
use std::env;

/// Archives of mathkern 2.1.0, as on the page of the release.
const ARCHIVES: &[(&str, &str)] = &[
    ("x86_64-unknown-linux-gnu", "0000000000000000000000000000000000000000000000000000000000000001"),
    ("aarch64-unknown-linux-gnu", "0000000000000000000000000000000000000000000000000000000000000002"),
    ("aarch64-apple-darwin", "0000000000000000000000000000000000000000000000000000000000000003"),
];

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-env-changed=MATHKERN_LIB_DIR");
    if let Some(dir) = env::var_os("MATHKERN_LIB_DIR") {
        link(&dir.to_string_lossy());
    } else if pkg_config::Config::new().atleast_version("2.1").probe("mathkern").is_err() {
        download();
    }
}

fn link(dir: &str) {
    println!("cargo:rustc-link-search=native={dir}");
    println!("cargo:rustc-link-lib=static=mathkern");
}

#[cfg(not(feature = "download"))]
fn download() {
    let known: Vec<&str> = ARCHIVES.iter().map(|(target, _)| *target).collect();
    panic!("mathkern was not found; set MATHKERN_LIB_DIR or use the feature `download` (for {known:?})");
}

#[cfg(feature = "download")]
fn download() {
    use sha2::{Digest, Sha256};
    use std::io::Read;
    use std::path::PathBuf;

    if env::var("CARGO_NET_OFFLINE").as_deref() == Ok("true") {
        panic!("mathkern is not here and the build is offline");
    }
    let target = env::var("TARGET").unwrap();
    let (_, wanted) = ARCHIVES
        .iter()
        .find(|(t, _)| *t == target)
        .unwrap_or_else(|| panic!("no archive for {target}"));
    let url = format!("https://releases.mathkern.invalid/2.1.0/mathkern-{target}.tar.gz");
    let mut bytes = Vec::new();
    ureq::get(&url)
        .call()
        .unwrap_or_else(|e| panic!("{url}: {e}"))
        .into_reader()
        .take(64 << 20)
        .read_to_end(&mut bytes)
        .expect("archive");
    let digest: String = Sha256::digest(&bytes).iter().map(|b| format!("{b:02x}")).collect();
    assert_eq!(&digest, wanted, "{url} is not the archive of the release");
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap());
    tar::Archive::new(flate2::read::GzDecoder::new(&bytes[..])).unpack(&out).expect("unpacked");
    link(&out.join("lib").display().to_string());
}

inert_fixture_does_not_build!();
