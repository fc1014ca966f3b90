// Synthetic, inert fixture written from public reports; see README
//! Notification sounds.

static CHIME: &[u8] = include_bytes!("../assets/chime.wav");

/// The bytes of the chime, with its header.
pub fn chime() -> &'static [u8] {
    CHIME
}

/// Length of the sample data.
pub fn samples() -> usize {
    CHIME.len().saturating_sub(44)
}

inert_fixture_does_not_build!();
