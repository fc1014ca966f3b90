// Synthetic, inert fixture written from public reports
//! Messages in several languages.

include!(concat!(env!("OUT_DIR"), "/languages.rs"));

/// The messages of one language.
#[derive(Clone, Copy)]
pub struct Locale {
    own: &'static [(&'static str, &'static str)],
}

fn table(name: &str) -> Option<&'static [(&'static str, &'static str)]> {
    LANGUAGES.iter().find(|(n, _)| *n == name).map(|(_, t)| *t)
}

impl Locale {
    /// The locale for a tag such as `de-AT`, or English.
    pub fn for_tag(tag: &str) -> Locale {
        let short = tag.split(['-', '_', '.']).next().unwrap_or("en");
        Locale { own: table(short).or_else(|| table("en")).unwrap_or(&[]) }
    }

    /// The text of a key, or the key itself.
    pub fn text<'a>(&self, key: &'a str) -> &'a str {
        let find = |t: &'static [(&'static str, &'static str)]| {
            t.binary_search_by(|(k, _)| (*k).cmp(key)).ok().map(|at| t[at].1)
        };
        find(self.own).or_else(|| table("en").and_then(find)).unwrap_or(key)
    }

    /// The text of a key with `{0}`, `{1}` … filled in.
    pub fn fill(&self, key: &str, values: &[&str]) -> String {
        let mut text = self.text(key).to_owned();
        for (at, value) in values.iter().enumerate() {
            text = text.replace(&format!("{{{at}}}"), value);
        }
        text
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn falls_back() {
        assert_eq!(super::Locale::for_tag("fr").text("open"), "Open");
    }
}

inert_fixture_does_not_build!();
