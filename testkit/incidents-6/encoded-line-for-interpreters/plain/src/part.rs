// Synthetic, inert fixture written from public reports
use std::cmp::Ordering;

/// A number or a word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    Number(u64),
    Word(String),
}

/// Cuts at dots, and between digits and letters.
pub fn list(text: &str) -> Vec<Part> {
    let mut out = Vec::new();
    for piece in text.split(['.', '_']) {
        let mut rest = piece;
        while !rest.is_empty() {
            let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
            if digits > 0 {
                out.push(Part::Number(rest[..digits].parse().unwrap_or(u64::MAX)));
                rest = &rest[digits..];
            } else {
                let end = rest.find(|c: char| c.is_ascii_digit()).unwrap_or(rest.len());
                out.push(Part::Word(rest[..end].to_lowercase()));
                rest = &rest[end..];
            }
        }
    }
    out
}

/// Compares part by part; what is missing counts as zero.
pub fn compare(a: &[Part], b: &[Part]) -> Ordering {
    let zero = Part::Number(0);
    for at in 0..a.len().max(b.len()) {
        let order = match (a.get(at).unwrap_or(&zero), b.get(at).unwrap_or(&zero)) {
            (Part::Number(x), Part::Number(y)) => x.cmp(y),
            (Part::Word(x), Part::Word(y)) => x.cmp(y),
            (Part::Number(_), Part::Word(_)) => Ordering::Less,
            (Part::Word(_), Part::Number(_)) => Ordering::Greater,
        };
        if order != Ordering::Equal {
            return order;
        }
    }
    Ordering::Equal
}
