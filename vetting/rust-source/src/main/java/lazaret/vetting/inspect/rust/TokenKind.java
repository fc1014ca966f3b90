package lazaret.vetting.inspect.rust;

/// The kinds of tokens of Rust source (Rust reference, *Tokens*). Comments, including doc comments,
/// are not tokens.
public enum TokenKind {
  /// An identifier or keyword; the text of a raw one (`r#type`) is without the prefix.
  IDENTIFIER,
  /// A lifetime or loop label, `'a`.
  LIFETIME,
  /// A path separator, `::`.
  PATH_SEPARATOR,
  /// One ASCII character of punctuation or a bracket.
  PUNCTUATION,
  /// A string, `"text"`.
  STRING(true),
  /// A raw string, `r"text"`, with any number of `#`.
  RAW_STRING(true),
  /// A byte string, `b"bytes"`.
  BYTE_STRING(true),
  /// A raw byte string, `br"bytes"`, with any number of `#`.
  RAW_BYTE_STRING(true),
  /// A C string, `c"text"`.
  C_STRING(true),
  /// A raw C string, `cr"text"`, with any number of `#`.
  RAW_C_STRING(true),
  /// A character, `'c'`.
  CHARACTER,
  /// A byte, `b'c'`.
  BYTE,
  /// An integer or float with its suffix.
  NUMBER;

  private final boolean string;

  TokenKind() {
    this(false);
  }

  TokenKind(boolean string) {
    this.string = string;
  }

  /// Returns whether the token is a string of any kind.
  public boolean string() {
    return string;
  }
}
