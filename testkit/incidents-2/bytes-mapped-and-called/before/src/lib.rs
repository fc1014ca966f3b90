// Synthetic, inert fixture written from public reports; see README
//! Histograms of bytes.

/// How often each byte is in `data`.
pub fn histogram(data: &[u8]) -> [u32; 256] {
    let mut h = [0; 256];
    data.iter().for_each(|b| h[*b as usize] += 1);
    h
}

inert_fixture_does_not_build!();
