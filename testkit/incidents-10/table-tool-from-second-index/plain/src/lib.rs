// Synthetic, inert fixture written from public reports
//! Names of keys for scan codes.

#![no_std]

#[cfg(feature = "pregenerated")]
mod tables {
    include!("pregenerated.rs");
}
#[cfg(not(feature = "pregenerated"))]
mod tables {
    include!(concat!(env!("OUT_DIR"), "/tables.rs"));
}

/// The character of a scan code, with or without shift.
pub fn character(code: u8, shift: bool) -> Option<char> {
    let at = tables::US.binary_search_by_key(&code, |row| row.0).ok()?;
    let (_, plain, shifted) = tables::US[at];
    Some(if shift { shifted } else { plain })
}

/// The scan code that gives a character, and if it needs shift.
pub fn code(wanted: char) -> Option<(u8, bool)> {
    tables::US.iter().find_map(|&(code, plain, shifted)| {
        if plain == wanted {
            Some((code, false))
        } else if shifted == wanted {
            Some((code, true))
        } else {
            None
        }
    })
}

#[cfg(test)]
mod tests {
    #[test]
    fn both_ways() {
        assert_eq!(super::character(0x1e, true), Some('A'));
        assert_eq!(super::code('!'), Some((0x02, true)));
    }
}

inert_fixture_does_not_build!();
