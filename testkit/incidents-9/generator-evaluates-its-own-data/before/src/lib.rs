// Synthetic, inert fixture written from public reports; see README
//! Groups of glyphs, and where a line may break.

include!(concat!(env!("OUT_DIR"), "/groups.rs"));

/// The group of a character.
pub fn group(c: char) -> Group {
    let code = c as u32;
    let at = RANGES.partition_point(|r| r.1 < code);
    match RANGES.get(at) {
        Some(&(low, _, group)) if low <= code => group,
        _ => Group::Other,
    }
}

/// Whether a line may break between two characters.
pub fn may_break(before: char, after: char) -> bool {
    use Group::*;
    match (group(before), group(after)) {
        (_, Space) | (_, Close) | (Open, _) => false,
        (Space, _) | (Hyphen, _) => true,
        (Ideograph | Kana, Ideograph | Kana) => true,
        (Ideograph | Kana, Open) => true,
        _ => false,
    }
}

/// Byte positions at which a line may break.
pub fn breaks(text: &str) -> Vec<usize> {
    let mut found = Vec::new();
    let mut before: Option<char> = None;
    for (at, c) in text.char_indices() {
        if before.map_or(false, |b| may_break(b, c)) {
            found.push(at);
        }
        before = Some(c);
    }
    found
}

inert_fixture_does_not_build!();
