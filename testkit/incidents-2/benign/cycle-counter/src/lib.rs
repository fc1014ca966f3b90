// Synthetic, inert fixture written from public reports; see README
#![no_std]
//! Counts cycles.

/// The counter.
#[cfg(target_arch = "x86_64")]
pub fn now() -> u64 {
    let (high, low): (u32, u32);
    // SAFETY: reads a counter.
    unsafe { core::arch::asm!("rdtsc", out("edx") high, out("eax") low, options(nomem, nostack)) };
    u64::from(high) << 32 | u64::from(low)
}

extern "C" {
    fn clock() -> core::ffi::c_long;
}

/// Processor time in ticks.
pub fn ticks() -> i64 {
    // SAFETY: no arguments, no state.
    unsafe { clock() as i64 }
}

inert_fixture_does_not_build!();
