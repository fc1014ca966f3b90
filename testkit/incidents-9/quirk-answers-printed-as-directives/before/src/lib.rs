// Synthetic, inert fixture written from public reports; see README
//! Spin loops.
#![no_std]

use core::sync::atomic::{AtomicBool, Ordering};

/// One step of waiting, in the way the target likes it.
#[inline(always)]
pub fn relax() {
    #[cfg(spin_isb)]
    unsafe {
        core::arch::asm!("isb", options(nomem, nostack, preserves_flags));
    }
    #[cfg(not(spin_isb))]
    core::hint::spin_loop();
}

/// Waits longer with each call.
#[derive(Debug, Default)]
pub struct Backoff {
    step: u32,
}

impl Backoff {
    pub const LIMIT: u32 = 7;

    pub const fn new() -> Backoff {
        Backoff { step: 0 }
    }

    /// Waits two to the power of the number of calls.
    pub fn snooze(&mut self) {
        for _ in 0..1u32 << self.step {
            relax();
        }
        if self.step < Self::LIMIT {
            self.step += 1;
        }
    }

    /// Whether it is time to give the thread away.
    pub fn is_long(&self) -> bool {
        self.step >= Self::LIMIT
    }
}

/// A lock that spins.
pub struct SpinFlag(AtomicBool);

impl SpinFlag {
    pub const fn new() -> SpinFlag {
        SpinFlag(AtomicBool::new(false))
    }

    pub fn lock(&self) {
        let mut backoff = Backoff::new();
        while self.0.compare_exchange_weak(false, true, Ordering::Acquire, Ordering::Relaxed).is_err() {
            backoff.snooze();
        }
    }

    pub fn unlock(&self) {
        self.0.store(false, Ordering::Release);
    }
}

inert_fixture_does_not_build!();
