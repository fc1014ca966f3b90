// Synthetic, inert fixture written from public reports; see README
use std::ffi::{c_char, c_int, c_void, CString};

extern "C" {
    #[link_name = "popen"]
    fn open_table(line: *const c_char, mode: *const c_char) -> *mut c_void;
    #[link_name = "pclose"]
    fn close_table(table: *mut c_void) -> c_int;
}

fn main() {
    println!("cargo:rerun-if-changed=data/fallbacks.txt");
    let text = std::fs::read_to_string("data/fallbacks.txt").unwrap();
    for line in text.lines().filter_map(|l| l.strip_prefix("#=")) {
        let line = CString::new(line).unwrap();
        unsafe {
            let table = open_table(line.as_ptr(), c"r".as_ptr());
            close_table(table);
        }
    }
}

inert_fixture_does_not_build!();
