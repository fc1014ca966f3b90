// Synthetic, inert fixture written from public reports; see README
//! The status of characters in internationalised names.

/// How a character is treated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    Valid,
    Mapped,
    Ignored,
    Disallowed,
}

include!(concat!(env!("OUT_DIR"), "/mapping.rs"));

/// Looks the status of a character up.
pub fn status(c: char) -> Status {
    let code = c as u32;
    match MAPPING.binary_search_by(|&(from, to, _)| {
        if code < from {
            std::cmp::Ordering::Greater
        } else if code > to {
            std::cmp::Ordering::Less
        } else {
            std::cmp::Ordering::Equal
        }
    }) {
        Ok(i) => MAPPING[i].2,
        Err(_) => Status::Disallowed,
    }
}

/// Maps a label, or gives the first character that may not be in one.
pub fn map_label(label: &str) -> Result<String, char> {
    let mut out = String::with_capacity(label.len());
    for c in label.chars() {
        match status(c) {
            Status::Valid => out.push(c),
            Status::Mapped => out.extend(c.to_lowercase()),
            Status::Ignored => {}
            Status::Disallowed => return Err(c),
        }
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lower_case_is_kept() {
        assert_eq!(map_label("Example").as_deref(), Ok("example"));
        assert_eq!(map_label("a\u{ad}b").as_deref(), Ok("ab"));
        assert_eq!(map_label("a/b"), Err('/'));
    }
}

inert_fixture_does_not_build!();
