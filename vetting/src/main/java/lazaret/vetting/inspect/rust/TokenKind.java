package lazaret.vetting.inspect.rust;

/// What a token of Rust source is (Rust reference, *Tokens*). Comments, doc comments among them,
/// are no tokens.
public enum TokenKind {
  /// An identifier or keyword; the text of a raw one (`r#type`) is what follows the mark.
  IDENTIFIER,
  /// A lifetime or loop label, `'a`.
  LIFETIME,
  /// A path separator, `::`.
  PATH_SEPARATOR,
  /// One ASCII character of punctuation or a bracket.
  PUNCTUATION,
  /// `"text"`.
  STRING,
  /// `r"text"`, with any number of `#`.
  RAW_STRING,
  /// `b"bytes"`.
  BYTE_STRING,
  /// `br"bytes"`, with any number of `#`.
  RAW_BYTE_STRING,
  /// `c"text"`.
  C_STRING,
  /// `cr"text"`, with any number of `#`.
  RAW_C_STRING,
  /// `'c'`.
  CHARACTER,
  /// `b'c'`.
  BYTE,
  /// An integer or float with its suffix.
  NUMBER;

  /// Returns whether it is a string of any kind.
  public boolean string() {
    return switch (this) {
      case STRING, RAW_STRING, BYTE_STRING, RAW_BYTE_STRING, C_STRING, RAW_C_STRING -> true;
      case IDENTIFIER, LIFETIME, PATH_SEPARATOR, PUNCTUATION, CHARACTER, BYTE, NUMBER -> false;
    };
  }
}
