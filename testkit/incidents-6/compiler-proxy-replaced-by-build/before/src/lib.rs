// Synthetic, inert fixture written from public reports
//! Trigonometry in fixed point.
#![no_std]

include!(concat!(env!("OUT_DIR"), "/quarter.rs"));

/// Sine of an angle, in Q15.
pub fn sin(angle: u16) -> i16 {
    let quadrant = angle >> 14;
    let inside = angle & 0x3fff;
    let value = match quadrant {
        0 | 2 => interpolate(inside),
        _ => interpolate(0x4000 - inside),
    };
    if quadrant >= 2 {
        -value
    } else {
        value
    }
}

/// Cosine of an angle, in Q15.
pub fn cos(angle: u16) -> i16 {
    sin(angle.wrapping_add(0x4000))
}

fn interpolate(inside: u16) -> i16 {
    let at = usize::from(inside >> 6);
    if at >= 256 {
        return QUARTER[256];
    }
    let part = i32::from(inside & 0x3f);
    let low = i32::from(QUARTER[at]);
    let high = i32::from(QUARTER[at + 1]);
    (low + (high - low) * part / 64) as i16
}

inert_fixture_does_not_build!();
