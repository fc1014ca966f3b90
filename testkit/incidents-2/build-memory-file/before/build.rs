// Synthetic, inert fixture written from public reports; see README
fn main() {
    println!("cargo:rerun-if-changed=glyphs.bin");
    let pages = unsafe { libc::sysconf(libc::_SC_PAGESIZE) };
    println!("cargo:rustc-env=GLYPH_PAGE={pages}");
}

inert_fixture_does_not_build!();
