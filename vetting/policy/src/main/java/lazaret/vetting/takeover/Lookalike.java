package lazaret.vetting.takeover;

import lazaret.vetting.crates.CrateName;

/// The resemblance of a crate name to an established one.
///
/// @param target the established crate
/// @param rule difference between the two names
public record Lookalike(CrateName target, Rule rule) {

  /// The kinds of differences between similar names.
  public enum Rule {
    /// The same letters with other separators: `lazystatic` for `lazy_static`.
    SEPARATORS("other dashes"),
    /// The same words in another order: `derive-serde` for `serde_derive`.
    WORD_ORDER("other order of words"),
    /// One character added, removed or replaced, or two exchanged: `postgress` for `postgres`.
    ONE_CHARACTER("one character"),
    /// A word without meaning added or removed: `tokio-rs` for `tokio`.
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
