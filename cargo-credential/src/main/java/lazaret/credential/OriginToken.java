package lazaret.credential;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A token for one gate. [#toString] hides the secret.
///
/// @param origin the gate at which the person signed in
/// @param secret the text that clients send; 1 to 256 characters of printable ASCII without spaces
/// @param name the name of the token at the gate
/// @param owner the person, as the gate names it
/// @param expires the time from which the gate does not accept it, in the years 1970 to 9999, which
///   the file can hold; null if it does not expire
public record OriginToken(
    GateOrigin origin, String secret, String name, String owner, @Nullable Instant expires) {
  private static final int MAX_SECRET = 256;
  private static final int MAX_NAME = 128;

  /// The second before the year 10000.
  private static final long MAX_SECOND = 253_402_300_799L;

  /// Checks the values, which become lines of a file and of headers.
  ///
  /// @throws CredentialException if a value has another form
  public OriginToken {
    if (!fits(secret, MAX_SECRET) || secret.indexOf(' ') >= 0) {
      throw new CredentialException(
          "cannot use the token of "
              + origin
              + ": expected printable ASCII without spaces, found another text");
    }
    if (!fits(name, MAX_NAME) || !fits(owner, MAX_NAME)) {
      throw new CredentialException(
          "cannot use the token of "
              + origin
              + ": expected a name and an owner of printable ASCII, found another text");
    }
    if (expires != null
        && (expires.getEpochSecond() < 0 || expires.getEpochSecond() > MAX_SECOND)) {
      throw new CredentialException(
          "cannot use the token of "
              + origin
              + ": expected an end in the years 1970 to 9999, found another one");
    }
  }

  private static boolean fits(String text, int most) {
    return !text.isEmpty() && text.length() <= most && PlainText.isPlain(text);
  }

  /// Returns whether the token has not expired at a moment.
  public boolean worksAt(Instant now) {
    return expires == null || now.isBefore(expires);
  }

  /// Returns the name and the gate without the secret.
  @Override
  public String toString() {
    return "token " + name + " of " + origin;
  }
}
