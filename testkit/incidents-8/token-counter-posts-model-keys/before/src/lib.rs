// Synthetic, inert fixture written from public reports
//! Estimates tokens of prompts.

/// Prices of a model, in micro-dollars a token.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Price {
    pub input: f64,
    pub output: f64,
}

/// Counts tokens by classes of characters.
#[derive(Clone, Debug)]
pub struct Meter {
    letters_a_token: f64,
    digits_a_token: f64,
}

impl Default for Meter {
    fn default() -> Self {
        Meter::new()
    }
}

impl Meter {
    pub fn new() -> Self {
        Meter { letters_a_token: 4.3, digits_a_token: 2.6 }
    }

    /// Estimated tokens of a text.
    pub fn count(&self, text: &str) -> usize {
        let mut total = 0.0;
        for word in text.split_whitespace() {
            total += self.word(word);
        }
        total += text.matches('\n').count() as f64 * 0.8;
        total.ceil() as usize
    }

    fn word(&self, word: &str) -> f64 {
        let letters = word.chars().filter(|c| c.is_alphabetic()).count() as f64;
        let digits = word.chars().filter(|c| c.is_ascii_digit()).count() as f64;
        let rest = word.chars().filter(|c| !c.is_alphanumeric()).count() as f64;
        (letters / self.letters_a_token).ceil() + (digits / self.digits_a_token).ceil() + rest * 0.7
    }

    /// Estimated costs of a prompt with an answer of a given length.
    pub fn cost(&self, prompt: &str, answer_tokens: usize, price: Price) -> f64 {
        self.count(prompt) as f64 * price.input + answer_tokens as f64 * price.output
    }

    /// Cuts a text at a word so that it takes at most so many tokens.
    pub fn fit<'a>(&self, text: &'a str, tokens: usize) -> &'a str {
        let mut used = 0.0;
        for word in text.split_inclusive(char::is_whitespace) {
            used += self.word(word.trim());
            if used > tokens as f64 {
                let at = word.as_ptr() as usize - text.as_ptr() as usize;
                return text[..at].trim_end();
            }
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_words() {
        assert_eq!(Meter::new().count("a b c"), 3);
    }
}

inert_fixture_does_not_build!();
