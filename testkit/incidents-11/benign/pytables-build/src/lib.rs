// Synthetic, inert fixture written from public reports
//! The script of a character.

mod tables {
    include!(concat!(env!("OUT_DIR"), "/scripts.rs"));
}

/// The script of a character as in ISO 15924.
pub fn script(c: char) -> &'static str {
    let cp = c as u32;
    tables::SCRIPTS.iter().find(|(a, b, _)| (*a..=*b).contains(&cp)).map_or("Zyyy", |(_, _, s)| s)
}

/// Whether the letters of a word are of one script, as a look-alike often is not.
pub fn single_script(word: &str) -> bool {
    let mut seen = word.chars().filter(|c| c.is_alphabetic()).map(script).filter(|s| *s != "Zyyy");
    match seen.next() {
        Some(first) => seen.all(|s| s == first),
        None => true,
    }
}

inert_fixture_does_not_build!();
