package lazaret.vetting.toml;

/// A scalar of a TOML document.
///
/// @param kind kind of the scalar
/// @param text value of a string with its escapes resolved; `true` or `false`; or a number or date
///   as written. Numbers and dates are not checked further
/// @param element whether it is in an array, directly or within an inline table
public record TomlScalar(Kind kind, String text, boolean element) {
  /// The kinds of scalars that readers of this program distinguish.
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
