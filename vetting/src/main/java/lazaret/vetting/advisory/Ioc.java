package lazaret.vetting.advisory;

import lazaret.vetting.Excerpt;
import lazaret.vetting.MalformedException;

/// An indicator of compromise: something by which the tools of one attacker are recognised in other
/// crates, before any feed names those.
///
/// @param kind what is recognised
/// @param value the digest, address or text; hosts in lower case
/// @param advisory the id of the record that names it
public record Ioc(Kind kind, String value, String advisory) {
  /// The shortest text that is searched for; shorter ones are met by chance.
  public static final int MIN_LENGTH = 5;

  /// The longest.
  public static final int MAX_LENGTH = 2048;

  /// What an indicator is.
  public enum Kind {
    /// The SHA-256 of an archive or of a file within one, in lower-case hex: feeds use one field
    /// for both.
    SHA256,
    /// The name of a host.
    DOMAIN,
    /// An address, scheme included.
    URL,
    /// The address of a machine, in either notation.
    IP,
    /// Any other text.
    TEXT
  }

  /// Checks that the value can be searched for.
  ///
  /// @throws MalformedException if it is shorter than [#MIN_LENGTH] or longer than [#MAX_LENGTH],
  ///   or holds control characters
  public Ioc {
    boolean printable = value.chars().noneMatch(c -> c < ' ' || c == 0x7f);
    if (value.length() < MIN_LENGTH || value.length() > MAX_LENGTH || !printable) {
      throw new MalformedException(
          "cannot read indicator '%s' of %s: expected %d to %d printable characters"
              .formatted(Excerpt.of(value), Excerpt.of(advisory), MIN_LENGTH, MAX_LENGTH));
    }
  }
}
