// Synthetic, inert fixture written from public reports
//! Grammars of small languages.

include!(concat!(env!("OUT_DIR"), "/texts.rs"));

/// One language.
#[derive(Debug, Clone, PartialEq)]
pub struct Grammar {
    pub name: &'static str,
    pub extensions: Vec<&'static str>,
    pub line_comment: Option<&'static str>,
    words: Vec<&'static str>,
    types: Vec<&'static str>,
}

impl Grammar {
    fn parse(text: &'static str) -> Grammar {
        let mut grammar = Grammar {
            name: "",
            extensions: Vec::new(),
            line_comment: None,
            words: Vec::new(),
            types: Vec::new(),
        };
        for line in text.lines() {
            let Some((key, rest)) = line.split_once(' ') else { continue };
            match key {
                "name" => grammar.name = rest,
                "ext" => grammar.extensions = rest.split(' ').collect(),
                "line" => grammar.line_comment = Some(rest),
                "word" => grammar.words.extend(rest.split(' ')),
                "type" => grammar.types.extend(rest.split(' ')),
                _ => {}
            }
        }
        grammar
    }

    /// Whether a word is a keyword.
    pub fn is_word(&self, word: &str) -> bool {
        self.words.iter().any(|w| w.eq_ignore_ascii_case(word))
    }

    /// Whether a word names a type.
    pub fn is_type(&self, word: &str) -> bool {
        self.types.iter().any(|w| w.eq_ignore_ascii_case(word))
    }
}

/// All grammars, in the order of their files.
pub fn all() -> Vec<Grammar> {
    TEXTS.iter().map(|t| Grammar::parse(t)).collect()
}

/// A grammar by name.
pub fn by_name(name: &str) -> Option<Grammar> {
    all().into_iter().find(|g| g.name == name)
}

/// A grammar by the extension of a file.
pub fn by_extension(extension: &str) -> Option<Grammar> {
    all().into_iter().find(|g| g.extensions.contains(&extension))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds() {
        assert_eq!(by_extension("cfg").unwrap().name, "ini");
        assert!(by_name("toml").unwrap().is_word("nan"));
        assert!(by_name("sql").unwrap().is_type("TEXT"));
    }
}

inert_fixture_does_not_build!();
