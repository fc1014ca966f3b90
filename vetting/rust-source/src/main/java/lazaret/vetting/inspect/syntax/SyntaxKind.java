package lazaret.vetting.inspect.syntax;

/// The kinds of text that a display distinguishes.
public enum SyntaxKind {
  /// A keyword of Rust; a key or a constant of TOML.
  KEYWORD,
  /// A string, character or byte of any form, with its quotes.
  STRING,
  /// A comment of any form, including documentation.
  COMMENT,
  /// An attribute of Rust, except for the literals in it; the header of a table of TOML.
  ATTRIBUTE,
  /// An integer or float; a date or time of TOML.
  NUMBER
}
