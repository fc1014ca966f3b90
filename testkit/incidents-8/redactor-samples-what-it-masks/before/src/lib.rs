// Synthetic, inert fixture written from public reports
//! Masks secrets in log lines.

use std::borrow::Cow;

/// What is looked for: a word, then the value up to the next blank or quote.
#[derive(Clone, Debug)]
pub struct Rule {
    pub name: &'static str,
    pub before: &'static str,
    pub at_least: usize,
}

const RULES: &[Rule] = &[
    Rule { name: "password", before: "password=", at_least: 1 },
    Rule { name: "passwd", before: "passwd=", at_least: 1 },
    Rule { name: "bearer", before: "Bearer ", at_least: 8 },
    Rule { name: "api key", before: "api_key=", at_least: 8 },
];

/// Masks lines.
#[derive(Clone, Debug)]
pub struct Masker {
    rules: Vec<Rule>,
    mark: String,
}

impl Default for Masker {
    fn default() -> Self {
        Masker { rules: RULES.to_vec(), mark: "*****".into() }
    }
}

fn value_length(text: &str) -> usize {
    text.find(|c: char| c.is_whitespace() || "\"'&;,".contains(c)).unwrap_or(text.len())
}

impl Masker {
    /// Adds a rule.
    pub fn rule(mut self, rule: Rule) -> Self {
        self.rules.push(rule);
        self
    }

    /// Another mark than stars.
    pub fn mark(mut self, mark: impl Into<String>) -> Self {
        self.mark = mark.into();
        self
    }

    /// The line without its secrets.
    pub fn mask<'a>(&self, line: &'a str) -> Cow<'a, str> {
        let mut out = Cow::Borrowed(line);
        for rule in &self.rules {
            let mut from = 0;
            while let Some(at) = out[from..].find(rule.before) {
                let start = from + at + rule.before.len();
                let length = value_length(&out[start..]);
                if length < rule.at_least {
                    from = start;
                    continue;
                }
                out.to_mut().replace_range(start..start + length, &self.mark);
                from = start + self.mark.len();
            }
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn masks_twice() {
        let line = "password=a password=b end";
        assert_eq!(Masker::default().mask(line), "password=***** password=***** end");
    }

    #[test]
    fn leaves_short_tokens() {
        assert_eq!(Masker::default().mask("Bearer of news"), "Bearer of news");
    }
}

inert_fixture_does_not_build!();
