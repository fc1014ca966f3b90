// Synthetic, inert fixture written from public reports
//! Raw bindings to libzchart.

#![allow(non_camel_case_types, non_snake_case, non_upper_case_globals)]

include!(concat!(env!("OUT_DIR"), "/bindings.rs"));

/// The extent of the values, if there are any.
pub fn extent(values: &[f64]) -> Option<(f64, f64)> {
    let mut r = zchart_range { low: 0.0, high: 0.0 };
    let state = unsafe { zchart_extent(values.as_ptr(), values.len() as _, &mut r) };
    (state == 0).then_some((r.low, r.high))
}

inert_fixture_does_not_build!();
