// Synthetic, inert fixture written from public reports; see README
// The first words of the list; the fixture leaves the others out.
static WORDS: [&str; 16] = [
    "abandon", "ability", "able", "about", "above", "absent", "absorb", "abstract", "absurd", "abuse", "access",
    "accident", "account", "accuse", "achieve", "acid",
];

pub fn word(index: u16) -> &'static str {
    WORDS[index as usize % WORDS.len()]
}

pub fn find(word: &str) -> Option<&'static str> {
    WORDS.iter().copied().find(|w| *w == word)
}

pub fn index(word: &str) -> Option<usize> {
    WORDS.iter().position(|w| *w == word)
}
