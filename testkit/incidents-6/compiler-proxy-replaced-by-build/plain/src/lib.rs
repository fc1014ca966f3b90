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

/// The angle of a vector; zero for the vector of length zero.
pub fn atan2(y: i16, x: i16) -> u16 {
    let (ax, ay) = (i32::from(x).abs(), i32::from(y).abs());
    if ax == 0 && ay == 0 {
        return 0;
    }
    let first = if ax >= ay {
        ARC[(ay * 256 / ax) as usize]
    } else {
        0x4000 - ARC[(ax * 256 / ay) as usize]
    };
    match (x < 0, y < 0) {
        (false, false) => first,
        (true, false) => 0x8000 - first,
        (true, true) => 0x8000 + first,
        (false, true) => 0u16.wrapping_sub(first),
    }
}

/// Turns a vector by an angle.
pub fn rotate(x: i16, y: i16, angle: u16) -> (i16, i16) {
    let (s, c) = (i32::from(sin(angle)), i32::from(cos(angle)));
    let (x, y) = (i32::from(x), i32::from(y));
    (((x * c - y * s) >> 15) as i16, ((x * s + y * c) >> 15) as i16)
}

inert_fixture_does_not_build!();
