// Synthetic, inert fixture written from public reports; see README
//! Coloured text.

/// `text` in `colour` (an SGR number).
pub fn paint(text: &str, colour: u8) -> String {
    format!("\x1b[{colour}m{text}\x1b[0m")
}

inert_fixture_does_not_build!();
