// Synthetic, inert fixture written from public reports; see README
#![no_std]
//! Memory layout and start-up of a board.

extern "C" {
    fn main() -> !;
    static mut _sbss: u32;
    static mut _ebss: u32;
}

/// The first code to run.
#[no_mangle]
#[link_section = ".text.reset"]
pub unsafe extern "C" fn reset() -> ! {
    let mut p = core::ptr::addr_of_mut!(_sbss);
    while p < core::ptr::addr_of_mut!(_ebss) {
        core::ptr::write_volatile(p, 0);
        p = p.add(1);
    }
    main()
}

/// The reset vector.
#[used]
#[link_section = ".vector_table.reset"]
pub static RESET: unsafe extern "C" fn() -> ! = reset;

inert_fixture_does_not_build!();
