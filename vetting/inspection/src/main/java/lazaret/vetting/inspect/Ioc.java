package lazaret.vetting.inspect;

import lazaret.vetting.Excerpt;
import lazaret.vetting.MalformedException;
import lazaret.vetting.text.Coded;

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
  public enum Kind implements Coded {
    /// The SHA-256 of an archive or of a file within one, in lower-case hex. Feeds use one field
    /// for both.
    SHA256("sha256"),
    /// A host name.
    DOMAIN("domain"),
    /// An address with its scheme.
    URL("url"),
    /// An IP address in either notation.
    IP("ip"),
    /// Any other text.
    TEXT("text");

    private final String code;

    Kind(String code) {
      this.code = code;
    }

    /// Returns the code in bundles, for example `domain`.
    @Override
    public String code() {
      return code;
    }

    /// Returns the kind with a code.
    ///
    /// @throws IllegalArgumentException if there is none
    public static Kind parse(String code) {
      return Coded.parse(Kind.class, code);
    }
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
