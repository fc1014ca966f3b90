// Synthetic, inert fixture written from public reports; see README
//! Decodes percent and character references.

/// `text` with `%41` as `A`.
pub fn percent(text: &str) -> Vec<u8> {
    let b = text.as_bytes();
    let mut out = Vec::with_capacity(b.len());
    let mut i = 0;
    while i < b.len() {
        match (b[i], b.get(i + 1..i + 3).and_then(|h| u8::from_str_radix(std::str::from_utf8(h).ok()?, 16).ok())) {
            (b'%', Some(n)) => { out.push(n); i += 3 }
            (c, _) => { out.push(c); i += 1 }
        }
    }
    out
}

/// `text` with `&#65;` as `A`.
pub fn references(text: &str) -> String {
    let mut out = String::new();
    for (i, part) in text.split("&#").enumerate() {
        let end = part.find(';').unwrap_or(0);
        match part.get(..end).and_then(|n| n.parse().ok()).and_then(char::from_u32) {
            Some(c) if i > 0 => { out.push(c); out.push_str(&part[end + 1..]) }
            _ => out.push_str(part),
        }
    }
    out
}

/// Letters turned by thirteen.
pub fn rot13(text: &str) -> String {
    text.chars().map(|c| match c {
        'a'..='m' | 'A'..='M' => (c as u8 + 13) as char,
        'n'..='z' | 'N'..='Z' => (c as u8 - 13) as char,
        c => c,
    }).collect()
}

/// Whether `text` reads the same backwards.
pub fn palindrome(text: &str) -> bool {
    text.chars().eq(text.chars().rev())
}

inert_fixture_does_not_build!();
