package lazaret.vetting.advisory;

import lazaret.vetting.Excerpt;
import lazaret.vetting.MalformedException;

/// An indicator of compromise: a value that identifies an attacker's tools in other crates before a
/// feed names those.
///
/// @param kind kind of the value
/// @param value digest, address or text; host names in lower case
/// @param advisory id of the record that names it
public record Ioc(Kind kind, String value, String advisory) {
  /// The minimum length of a value, in characters; shorter ones occur by chance.
  public static final int MIN_LENGTH = 5;

  /// The maximum length of a value, in characters.
  public static final int MAX_LENGTH = 2048;

  /// The kinds of indicators.
  public enum Kind {
    /// The SHA-256 of an archive or of a file within one, in lower-case hex. Feeds use one field
    /// for both.
    SHA256,
    /// A host name.
    DOMAIN,
    /// An address with its scheme.
    URL,
    /// An IP address in either notation.
    IP,
    /// Any other text.
    TEXT
  }

  /// Checks that the value can be searched for.
  ///
  /// @throws MalformedException if the value is shorter than [#MIN_LENGTH] or longer than
  ///   [#MAX_LENGTH], or has control characters
  public Ioc {
    boolean printable = value.chars().noneMatch(c -> c < ' ' || c == 0x7f);
    if (value.length() < MIN_LENGTH || value.length() > MAX_LENGTH || !printable) {
      throw new MalformedException(
          "cannot read indicator '%s' of %s: expected %d to %d printable characters"
              .formatted(Excerpt.of(value), Excerpt.of(advisory), MIN_LENGTH, MAX_LENGTH));
    }
  }
}
