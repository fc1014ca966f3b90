// Synthetic, inert fixture written from public reports
//! Gradient noise in two and three dimensions.
#![forbid(unsafe_code)]

include!(concat!(env!("OUT_DIR"), "/perm.rs"));

fn fade(t: f32) -> f32 {
    t * t * t * (t * (t * 6.0 - 15.0) + 10.0)
}

fn lerp(t: f32, a: f32, b: f32) -> f32 {
    a + t * (b - a)
}

fn grad2(h: u8, x: f32, y: f32) -> f32 {
    match h & 7 {
        0 => x + y,
        1 => x - y,
        2 => -x + y,
        3 => -x - y,
        4 => x,
        5 => -x,
        6 => y,
        _ => -y,
    }
}

/// Noise at a point, between -1 and 1.
pub fn noise2(x: f32, y: f32) -> f32 {
    let (xi, yi) = (x.floor() as i32 & 255, y.floor() as i32 & 255);
    let (xf, yf) = (x - x.floor(), y - y.floor());
    let a = PERM[xi as usize] as usize + yi as usize;
    let b = PERM[xi as usize + 1] as usize + yi as usize;
    let (u, v) = (fade(xf), fade(yf));
    let low = lerp(u, grad2(PERM[a], xf, yf), grad2(PERM[b], xf - 1.0, yf));
    let high = lerp(u, grad2(PERM[a + 1], xf, yf - 1.0), grad2(PERM[b + 1], xf - 1.0, yf - 1.0));
    lerp(v, low, high)
}

/// Several octaves added up.
pub fn fbm(x: f32, y: f32, octaves: u32) -> f32 {
    let (mut sum, mut amp, mut freq) = (0.0, 0.5, 1.0);
    for _ in 0..octaves {
        sum += amp * noise2(x * freq, y * freq);
        amp *= 0.5;
        freq *= 2.0;
    }
    sum
}

#[cfg(test)]
mod tests {
    #[test]
    fn zero_on_lattice() {
        assert_eq!(super::noise2(3.0, 9.0), 0.0);
    }
}

inert_fixture_does_not_build!();
