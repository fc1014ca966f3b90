// Synthetic, inert fixture written from public reports; see README
//! Levels of bidirectional text, for instance of "שלום world" and "مرحبا".

/// The direction marks.
pub const MARKS: [char; 12] = [
    '\u{200e}', '\u{200f}', '\u{202a}', '\u{202b}', '\u{202c}', '\u{202d}', '\u{202e}', '\u{2066}', '\u{2067}', '\u{2068}', '\u{2069}', '\u{61c}',
];

/// Whether `c` is written from right to left.
pub fn is_rtl(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{5ff}' | '\u{600}'..='\u{6ff}' | '\u{700}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}')
}

/// `text` between isolates.
pub fn isolate(text: &str) -> String {
    format!("\u{2068}{text}\u{2069}")
}

#[cfg(test)]
mod tests {
    #[test]
    fn words() {
        assert!("שלום".chars().all(super::is_rtl));
        assert!("مرحبا بالعالم".chars().any(super::is_rtl));
        assert_eq!(super::isolate("a"), "\u{2068}a\u{2069}");
    }
}

inert_fixture_does_not_build!();
