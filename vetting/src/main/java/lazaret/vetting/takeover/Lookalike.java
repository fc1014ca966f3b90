package lazaret.vetting.takeover;

import lazaret.vetting.crates.CrateName;

/// A crate whose name another one resembles.
///
/// @param target the established crate
/// @param rule how the two differ
public record Lookalike(CrateName target, Rule rule) {

  /// How a name differs from the one it resembles.
  public enum Rule {
    /// The same letters, other dashes: `lazystatic` for `lazy_static`.
    SEPARATORS("other dashes"),
    /// The same words in another order: `derive-serde` for `serde_derive`.
    WORD_ORDER("other order of words"),
    /// One character more, less, other, or two exchanged: `postgress` for `postgres`.
    ONE_CHARACTER("one character"),
    /// A word that says nothing added or taken away: `tokio-rs` for `tokio`.
    AFFIX("an added or missing word");

    private final String words;

    Rule(String words) {
      this.words = words;
    }

    /// Returns the difference in words.
    public String words() {
      return words;
    }
  }
}
