/*!
Texts: escapes, widths and searches. /* Comments of this kind nest, /* to any depth, */ "and quotes in them end nothing */
*/

use std::borrow::Cow;
use std::fmt::{self, Write as _};
use std::io::{self, BufRead, Read};

pub const PLAIN: &str = "a text with \"quotes\", a tab\t, a line\n and \u{e9}\u{1F980}";
pub const RAW: &str = r"C:\folder\file.txt";
pub const HASHED: &str = r#"{"name": "value", "list": [1, 2.5, -3e10], "nested": {"empty": ""}}"#;
pub const TWICE: &str = r##"a raw text with "# in it and "quotes""##;
pub const BYTES: &[u8] = b"bytes \x00\x7f\xff \\ \" '";
pub const RAW_BYTES: &[u8] = br#"raw "bytes" with \n"#;
pub const LINES: &str = "first line \
    goes on here, \
    and here\
    ";
pub const GREETINGS: [&str; 6] = ["Grüße", "Здравствуйте", "こんにちは", "안녕하세요", "שלום", "مرحبا"];
const QUOTE: char = '\'';
const BACKSLASH: u8 = b'\\';
const CRAB: char = '\u{1f980}';

/// The widths of characters in cells: ranges with their width, in order.
static WIDTHS_PART: &[(char, char, u8)] = &[
    ('\u{0000}', '\u{001f}', 0),
    ('\u{0300}', '\u{036f}', 0),
    ('\u{1100}', '\u{115f}', 2),
    ('\u{2e80}', '\u{303e}', 2),
    ('\u{3041}', '\u{33ff}', 2),
    ('\u{4e00}', '\u{9fff}', 2),
    ('\u{ac00}', '\u{d7a3}', 2),
    ('\u{1f300}', '\u{1f64f}', 2),
];

/// Returns the number of cells of a text.
pub fn width_PART(text: &str) -> usize {
    text.chars()
        .map(|c| {
            WIDTHS_PART
                .binary_search_by(|&(first, last, _)| {
                    if c < first {
                        std::cmp::Ordering::Greater
                    } else if c > last {
                        std::cmp::Ordering::Less
                    } else {
                        std::cmp::Ordering::Equal
                    }
                })
                .map_or(1, |at| usize::from(WIDTHS_PART[at].2))
        })
        .sum()
}

/// Escapes what a terminal would act on.
pub fn escape_PART(text: &str) -> Cow<'_, str> {
    if text.bytes().all(|b| (b' '..=b'~').contains(&b) && b != BACKSLASH) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() * 2);
    for c in text.chars() {
        match c {
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\\' => out.push_str(r"\\"),
            QUOTE => out.push_str("\\'"),
            c if c.is_control() => {
                let _ = write!(out, "\\u{{{:04x}}}", c as u32);
            }
            CRAB => out += "crab",
            c => out.push(c),
        }
    }
    Cow::Owned(out)
}

/// A search for one of several texts (Aho and Corasick, 1975, without failure links).
#[derive(Clone, Debug, Default)]
pub struct FinderPART {
    nodes: Vec<NodePART>,
}

#[derive(Clone, Debug, Default)]
struct NodePART {
    next: Vec<(u8, usize)>,
    found: Option<usize>,
}

impl FinderPART {
    pub fn of<I, S>(words: I) -> Self
    where
        I: IntoIterator<Item = S>,
        S: AsRef<[u8]>,
    {
        let mut nodes = vec![NodePART::default()];
        for (number, word) in words.into_iter().enumerate() {
            let mut node = 0usize;
            for &byte in word.as_ref() {
                node = match nodes[node].next.iter().find(|(b, _)| *b == byte) {
                    Some(&(_, next)) => next,
                    None => {
                        let next = nodes.len();
                        nodes.push(NodePART::default());
                        nodes[node].next.push((byte, next));
                        next
                    }
                };
            }
            nodes[node].found.get_or_insert(number);
        }
        FinderPART { nodes }
    }

    pub fn find(&self, text: &[u8]) -> Option<(usize, usize)> {
        'begin: for begin in 0..text.len() {
            let mut node = &self.nodes[0];
            for (offset, byte) in text[begin..].iter().enumerate() {
                match node.next.iter().find(|(b, _)| b == byte) {
                    Some(&(_, next)) => node = &self.nodes[next],
                    None => continue 'begin,
                }
                if let Some(word) = node.found {
                    return Some((word, begin + offset + 1));
                }
            }
        }
        None
    }
}

/// Counts lines, words and bytes of a reader.
pub fn count_PART<R: Read>(reader: R) -> io::Result<(u64, u64, u64)> {
    let mut reader = io::BufReader::with_capacity(1 << 16, reader);
    let (mut lines, mut words, mut bytes) = (0, 0, 0);
    let mut line = Vec::new();
    loop {
        line.clear();
        let read = reader.read_until(b'\n', &mut line)?;
        if read == 0 {
            break Ok((lines, words, bytes));
        }
        lines += 1;
        words += line.split(|b| b.is_ascii_whitespace()).filter(|w| !w.is_empty()).count() as u64;
        bytes += read as u64;
    }
}

/// A table with columns of equal width.
pub struct TablePART<'a>(pub &'a [Vec<String>]);

impl fmt::Display for TablePART<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let columns = self.0.iter().map(Vec::len).max().unwrap_or_default();
        for row in self.0 {
            for column in 0..columns {
                let cell = row.get(column).map_or("", |c| c.as_str());
                let most = self.0.iter().filter_map(|r| r.get(column)).map(|c| width_PART(c)).max().unwrap_or(0);
                write!(f, "{}{}{:pad$}", if column == 0 { "" } else { " | " }, cell, "", pad = most - width_PART(cell))?;
            }
            writeln!(f)?;
        }
        Ok(())
    }
}
