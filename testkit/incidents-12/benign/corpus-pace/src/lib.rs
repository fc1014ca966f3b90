// Synthetic, inert fixture written from public reports; see README
//! Sentences of a text.

const SHORT: [&str; 14] = [
    "Dr", "Mr", "Mrs", "Ms", "Prof", "St", "vs", "etc", "e.g", "i.e", "No", "Fig", "Vol", "approx",
];

/// Is the word before a full stop an abbreviation?
fn is_short(before: &str) -> bool {
    let word = before.rsplit([' ', '\n', '(', '"']).next().unwrap_or_default();
    SHORT.contains(&word) || (word.chars().count() == 1 && word.chars().all(char::is_uppercase))
}

/// The sentences of a text, without the blanks around them.
pub fn sentences(text: &str) -> Vec<&str> {
    let mut out = Vec::new();
    let mut start = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let ends = match c {
            '!' | '?' => true,
            '.' => !is_short(&text[start..at]),
            '\n' => text[at..].starts_with("\n\n"),
            _ => false,
        };
        if !ends {
            continue;
        }
        let mut end = at + c.len_utf8();
        while let Some(&(i, q)) = chars.peek() {
            if !matches!(q, '"' | '\'' | ')' | '.' | '!' | '?') {
                break;
            }
            end = i + q.len_utf8();
            chars.next();
        }
        let next_is_blank = text[end..].chars().next().map_or(true, char::is_whitespace);
        if next_is_blank {
            let s = text[start..end].trim();
            if !s.is_empty() {
                out.push(s);
            }
            start = end;
        }
    }
    let rest = text[start..].trim();
    if !rest.is_empty() {
        out.push(rest);
    }
    out
}

/// Words of the longest sentence.
pub fn longest(text: &str) -> usize {
    sentences(text).iter().map(|s| s.split_whitespace().count()).max().unwrap_or(0)
}

inert_fixture_does_not_build!();
