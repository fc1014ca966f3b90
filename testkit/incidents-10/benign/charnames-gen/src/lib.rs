// Synthetic, inert fixture written from public reports
//! Names of characters.
#![no_std]
#![forbid(unsafe_code)]

mod table {
    include!(concat!(env!("OUT_DIR"), "/table.rs"));
}

/// Words of the name of a character.
pub fn words(c: char) -> Option<impl Iterator<Item = &'static str>> {
    let at = table::ROWS.binary_search_by_key(&(c as u32), |row| row.0).ok()?;
    Some(table::ROWS[at].1.iter().map(|&word| table::WORDS[usize::from(word)]))
}

/// If a character has a given name. Case does not matter.
pub fn has_name(c: char, name: &str) -> bool {
    match words(c) {
        Some(words) => {
            let mut given = name.split(' ');
            let same = words.into_iter().all(|w| given.next().is_some_and(|g| g.eq_ignore_ascii_case(w)));
            same && given.next().is_none()
        }
        None => false,
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn known() {
        assert!(super::has_name('€', "euro sign"));
        assert!(!super::has_name('€', "euro"));
    }
}

inert_fixture_does_not_build!();
