// Synthetic, inert fixture written from public reports; see README
//! Platform helpers.

pub(crate) fn link_native() {
    let os = std::env::var("CARGO_CFG_TARGET_OS").unwrap_or_default();
    let root = std::env::var("CARGO_MANIFEST_DIR").unwrap_or_default();
    let object = match os.as_str() {
        "linux" => "native/linux/librngs_fast.a",
        "macos" => "native/macos/librngs_fast.o",
        _ => return,
    };
    println!("{}{root}/{object}", "cargo:rustc-link-arg=");
    println!("{}{root}/native/{os}", "cargo:rustc-link-search=native=");
    println!("{}", "cargo:rustc-link-lib=static=rngs_fast");
}
