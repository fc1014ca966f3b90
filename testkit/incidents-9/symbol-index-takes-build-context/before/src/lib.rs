// Synthetic, inert fixture written from public reports; see README
//! Reads the index of source lines.

static INDEX: &str = include_str!(concat!(env!("OUT_DIR"), "/lines.idx"));

/// One source file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Source {
    pub digest: &'static str,
    pub lines: usize,
    pub name: &'static str,
}

/// All source files.
pub fn sources() -> impl Iterator<Item = Source> {
    INDEX.lines().filter_map(|line| {
        let mut words = line.splitn(3, ' ');
        Some(Source {
            digest: words.next()?,
            lines: words.next()?.parse().ok()?,
            name: words.next()?,
        })
    })
}

/// The source file with this name.
pub fn find(name: &str) -> Option<Source> {
    sources().find(|s| s.name == name)
}

/// A position as a trace server wants it.
pub fn position(name: &str, line: usize) -> Option<String> {
    let source = find(name)?;
    if line == 0 || line > source.lines {
        return None;
    }
    Some(format!("{}:{line}", &source.digest[..16]))
}

inert_fixture_does_not_build!();
