// Synthetic, inert fixture written from public reports
//! Bindings to littledsp.

#![no_std]

/// State of a filter of second order.
#[repr(C)]
#[derive(Clone, Copy, Debug, Default)]
pub struct Biquad {
    b0: f32,
    b1: f32,
    b2: f32,
    a1: f32,
    a2: f32,
    z1: f32,
    z2: f32,
}

extern "C" {
    fn ld_lowpass(filter: *mut Biquad, rate: f32, cut: f32, q: f32);
    fn ld_run(filter: *mut Biquad, samples: *mut f32, count: usize);
}

impl Biquad {
    /// A low-pass filter.
    pub fn lowpass(rate: f32, cut: f32, q: f32) -> Biquad {
        assert!(rate > 0.0 && cut > 0.0 && cut < rate / 2.0 && q > 0.0);
        let mut filter = Biquad::default();
        // SAFETY: the pointer is valid for the call.
        unsafe { ld_lowpass(&mut filter, rate, cut, q) };
        filter
    }

    /// Filters samples in place.
    pub fn run(&mut self, samples: &mut [f32]) {
        // SAFETY: pointer and length are of one slice.
        unsafe { ld_run(self, samples.as_mut_ptr(), samples.len()) };
    }
}

inert_fixture_does_not_build!();
