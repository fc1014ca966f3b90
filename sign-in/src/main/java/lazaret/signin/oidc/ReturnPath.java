package lazaret.signin.oidc;

import lazaret.vetting.Excerpt;
import lazaret.vetting.MalformedException;

/// A path of this server to which a browser returns after a sign-in, with an optional query. A
/// browser never leaves the server by it: `//host` and `/\host` are addresses of other hosts.
///
/// @param text begins with one `/`; printable ASCII without backslash, at most 1,024 characters
public record ReturnPath(String text) {
  /// The maximum length, in characters.
  public static final int MAX_LENGTH = 1_024;

  /// Checks the form.
  ///
  /// @throws MalformedException if the text is not a path of this server
  public ReturnPath {
    boolean local = text.startsWith("/") && !text.startsWith("//");
    if (!local
        || text.length() > MAX_LENGTH
        || !text.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '\\')) {
      throw new MalformedException(
          "cannot return to '"
              + Excerpt.of(text)
              + "' after the sign-in: expected a path of this server that begins with one /;"
              + " use a link of the desk");
    }
  }

  /// Parses a path.
  ///
  /// @param text foreign text
  /// @throws MalformedException if the text is not a path of this server
  public static ReturnPath parse(String text) {
    return new ReturnPath(text);
  }

  @Override
  public String toString() {
    return text;
  }
}
