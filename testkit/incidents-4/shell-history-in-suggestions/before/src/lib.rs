// Synthetic, inert fixture written from public reports
//! Suggestions for mistyped commands of a command line tool.

use std::cmp::Ordering;

/// A known command and how much it should be preferred.
#[derive(Debug, Clone, PartialEq)]
pub struct Known {
    pub name: String,
    pub weight: f64,
}

/// The commands a tool has.
#[derive(Debug, Default, Clone)]
pub struct Dictionary {
    words: Vec<Known>,
}

impl Dictionary {
    pub fn new<I, S>(names: I) -> Self
    where
        I: IntoIterator<Item = S>,
        S: Into<String>,
    {
        let words = names.into_iter().map(|n| Known { name: n.into(), weight: 1.0 }).collect();
        Dictionary { words }
    }

    /// Prefers a command, as one that was used often.
    pub fn prefer(&mut self, name: &str, by: f64) {
        for word in self.words.iter_mut().filter(|w| w.name == name) {
            word.weight *= by;
        }
    }

    /// Up to `most` names near to what was typed, the nearest first.
    pub fn near(&self, typed: &str, most: usize) -> Vec<&str> {
        let mut scored: Vec<(f64, &str)> = self
            .words
            .iter()
            .map(|w| (strsim::jaro_winkler(typed, &w.name) * w.weight.min(1.2), w.name.as_str()))
            .filter(|(score, _)| *score > 0.75)
            .collect();
        scored.sort_by(|a, b| b.0.partial_cmp(&a.0).unwrap_or(Ordering::Equal));
        scored.into_iter().take(most).map(|(_, name)| name).collect()
    }
}

/// The sentence that is printed below an error.
pub fn sentence(names: &[&str]) -> Option<String> {
    match names {
        [] => None,
        [one] => Some(format!("did you mean `{one}`?")),
        many => Some(format!("did you mean one of `{}`?", many.join("`, `"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_is_missing() {
        let words = Dictionary::new(["status", "stash", "push"]);
        assert_eq!(words.near("statu", 1), vec!["status"]);
    }
}

inert_fixture_does_not_build!();
