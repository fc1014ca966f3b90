package lazaret.vetting.toml;

/// A scalar of a TOML document.
///
/// @param kind what it is
/// @param text a string's value with its escapes undone, `true` or `false`, or a number or date as
///   written (not checked any further: an invalid number is somebody else's refusal)
/// @param element whether it stands in an array, or within an inline table in one
public record TomlValue(Kind kind, String text, boolean element) {
  /// The kinds of scalars that matter to us.
  public enum Kind {
    /// A string, in any of the four notations.
    STRING,
    /// A boolean.
    BOOLEAN,
    /// An integer, float, date or time.
    OTHER
  }

  /// Returns whether this is the boolean `true`.
  public boolean isTrue() {
    return kind == Kind.BOOLEAN && text.equals("true");
  }

  /// Returns whether this is the boolean `false`.
  public boolean isFalse() {
    return kind == Kind.BOOLEAN && text.equals("false");
  }
}
