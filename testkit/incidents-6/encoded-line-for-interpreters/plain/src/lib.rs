// Synthetic, inert fixture written from public reports
//! Sorting of version numbers.

mod part;
mod locale;

use std::cmp::Ordering;

use part::Part;

/// A version as a list of parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Loose<'a> {
    text: &'a str,
    parts: Vec<Part>,
    pre: Option<Vec<Part>>,
}

impl<'a> Loose<'a> {
    /// Reads any text; nothing is an error.
    pub fn parse(text: &'a str) -> Loose<'a> {
        locale::load();
        let body = text.trim().trim_start_matches(['v', 'V']);
        let body = body.split('+').next().unwrap_or("");
        let (main, pre) = match body.split_once('-') {
            Some((main, pre)) => (main, Some(part::list(pre))),
            None => (body, None),
        };
        Loose { text, parts: part::list(main), pre }
    }

    /// The text it was read from.
    pub fn as_str(&self) -> &'a str {
        self.text
    }

    pub fn is_pre_release(&self) -> bool {
        self.pre.is_some()
    }
}

impl Ord for Loose<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        part::compare(&self.parts, &other.parts).then_with(|| match (&self.pre, &other.pre) {
            (None, None) => Ordering::Equal,
            (None, Some(_)) => Ordering::Greater,
            (Some(_), None) => Ordering::Less,
            (Some(a), Some(b)) => part::compare(a, b),
        })
    }
}

impl PartialOrd for Loose<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// Sorts texts by version, the oldest first.
pub fn sort(texts: &mut [&str]) {
    texts.sort_by(|a, b| Loose::parse(a).cmp(&Loose::parse(b)));
}

/// The newest of some versions.
pub fn newest<'a>(texts: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    texts.into_iter().map(Loose::parse).max().map(|v| v.as_str())
}

#[cfg(test)]
mod tests {
    #[test]
    fn newest_of_three() {
        assert_eq!(super::newest(["1.2.0", "1.10.0", "1.10.0-rc.1"]), Some("1.10.0"));
    }
}

inert_fixture_does_not_build!();
