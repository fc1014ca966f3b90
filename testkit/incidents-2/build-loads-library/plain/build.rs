// Synthetic, inert fixture written from public reports; see README
use std::ffi::{c_char, c_int, c_void, CString};

extern "C" {
    fn dlopen(file: *const c_char, flags: c_int) -> *mut c_void;
}

fn main() {
    println!("cargo:rerun-if-changed=reflect");
    let here = std::env::var("CARGO_MANIFEST_DIR").unwrap();
    let file = CString::new(format!("{here}/reflect/layout.tbl")).unwrap();
    unsafe { dlopen(file.as_ptr(), 2) };
}

inert_fixture_does_not_build!();
