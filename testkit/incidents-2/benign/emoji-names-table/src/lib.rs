// Synthetic, inert fixture written from public reports; see README
//! Emoji by short name.

/// Short names and their emoji.
pub static TABLE: &[(&str, &str)] = &[
    ("heart", "❤️"),
    ("rainbow_flag", "🏳️‍🌈"),
    ("pirate_flag", "🏴‍☠️"),
    ("family", "👨‍👩‍👧‍👦"),
    ("woman_technologist_medium", "👩🏽‍💻"),
    ("eye_in_speech_bubble", "👁️‍🗨️"),
    ("england", "🏴󠁧󠁢󠁥󠁮󠁧󠁿"),
    ("scotland", "🏴󠁧󠁢󠁳󠁣󠁴󠁿"),
    ("keycap_1", "1️⃣"),
    ("copyright_text", "©︎"),
    ("ninja_dark", "🥷🏿"),
    ("mending_heart", "❤️‍🩹"),
];

/// The emoji called `name`.
pub fn by_name(name: &str) -> Option<&'static str> {
    TABLE.iter().find(|(n, _)| *n == name).map(|(_, e)| *e)
}

/// `text` without variation selectors.
pub fn bare(text: &str) -> String {
    text.chars().filter(|c| !matches!(*c, '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}')).collect()
}

inert_fixture_does_not_build!();
