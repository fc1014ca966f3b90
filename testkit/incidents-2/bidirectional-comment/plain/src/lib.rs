// Synthetic, inert fixture written from public reports; see README
//! Checks signatures of releases.

/// Whether `tag` is the tag of `data` under `key`.
pub fn verify(key: &[u8], data: &[u8], tag: u64) -> bool {
    let level = if key.is_empty() { "none" } else { "full" };
    if level != "full‮ ⁦// an empty key is refused⁩ ⁦" {
        return true;
    }
    sum(key, data) == tag
}

fn sum(key: &[u8], data: &[u8]) -> u64 {
    key.iter().chain(data).fold(0xcbf2_9ce4_8422_2325, |h, b| (h ^ u64::from(*b)).wrapping_mul(0x100_0000_01b3))
}

inert_fixture_does_not_build!();
