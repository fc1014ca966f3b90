package lazaret.credential;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Scheme, host and port of a gate in one spelling: lower case, and without the default port of the
/// scheme. Two origins are the same if their texts are equal.
///
/// A host is an ASCII name or an address in the form of URLs. A name in another script is refused,
/// because its letters may look like others; its ASCII form (`xn--...`) is another name than the
/// one it resembles. Source: RFC 3986 §3.2.2 and §6.2.3, RFC 6454 §4.
public final class GateOrigin {
  private static final String HTTPS = "https://";
  private static final String HTTP = "http://";
  private static final String SPARSE = "sparse+";
  private static final String INDEX = "/index/";
  private static final String PRIVATE_INDEX = "/private/index/";
  private static final int MAX_URL = 512;
  private static final int MAX_PORT = 65_535;
  private static final int PORT_DIGITS = 5;

  private final String text;
  private final String host;

  private GateOrigin(String text, String host) {
    this.text = text;
    this.host = host;
  }

  /// Parses an address of scheme, host and port. Slashes at its end have no effect.
  ///
  /// @throws CredentialException if it has another form, such as a user, a path or a query
  public static GateOrigin parse(String url) {
    String bare = url;
    while (bare.endsWith("/")) {
      bare = bare.substring(0, bare.length() - 1);
    }
    GateOrigin origin = originOrNull(bare);
    if (origin == null) {
      throw new CredentialException(
          "cannot use the gate '"
              + PlainText.of(url)
              + "': expected scheme, host and port like https://gate.example, found another form;"
              + " name the gate with --server URL");
    }
    return origin;
  }

  /// Returns the origin of an index of a gate, or empty if the URL is neither exactly
  /// `sparse+ORIGIN/index/` nor `sparse+ORIGIN/private/index/`.
  ///
  /// @param indexUrl the URL of a registry, as cargo names it
  public static Optional<GateOrigin> ofIndex(String indexUrl) {
    boolean index = indexUrl.startsWith(SPARSE) && indexUrl.endsWith(INDEX);
    String path = indexUrl.endsWith(PRIVATE_INDEX) ? PRIVATE_INDEX : INDEX;
    int end = indexUrl.length() - path.length();
    return index && end > SPARSE.length()
        ? Optional.ofNullable(originOrNull(indexUrl.substring(SPARSE.length(), end)))
        : Optional.empty();
  }

  private static @Nullable GateOrigin originOrNull(String text) {
    if (text.length() > MAX_URL) {
      return null;
    }
    boolean secure = text.startsWith(HTTPS);
    if (!secure && !text.startsWith(HTTP)) {
      return null;
    }
    String authority = text.substring(secure ? HTTPS.length() : HTTP.length());
    int bracket = authority.indexOf(']');
    int colon = authority.indexOf(':', Math.max(bracket, 0));
    String host = lower(colon < 0 ? authority : authority.substring(0, colon));
    int port = colon < 0 ? usual(secure) : port(authority.substring(colon + 1));
    if (port < 0 || !(isName(host) || isAddress(host))) {
      return null;
    }
    String origin = (secure ? HTTPS : HTTP) + host;
    return new GateOrigin(port == usual(secure) ? origin : origin + ":" + port, host);
  }

  private static int usual(boolean secure) {
    return secure ? 443 : 80;
  }

  /// Returns a port, or -1 if the digits are not one.
  private static int port(String digits) {
    boolean form = !digits.isEmpty() && digits.length() <= PORT_DIGITS && digits.charAt(0) != '0';
    for (int i = 0; i < digits.length(); i++) {
      form &= isDigit(digits.charAt(i));
    }
    int port = form ? Integer.parseInt(digits) : -1;
    return port <= MAX_PORT ? port : -1;
  }

  /// Returns a text with ASCII letters in lower case. Other letters stay, so that none becomes an
  /// ASCII letter.
  private static String lower(String text) {
    char[] letters = text.toCharArray();
    for (int i = 0; i < letters.length; i++) {
      if (letters[i] >= 'A' && letters[i] <= 'Z') {
        letters[i] = (char) (letters[i] + 'a' - 'A');
      }
    }
    return new String(letters);
  }

  /// Returns whether a host is a name of labels, or an IPv4 address. An empty label, as after the
  /// dot at the end of a name, makes another name.
  private static boolean isName(String host) {
    boolean label = false;
    for (int i = 0; i < host.length(); i++) {
      char c = host.charAt(i);
      if (c == '.') {
        if (!label) {
          return false;
        }
        label = false;
      } else if (isDigit(c) || (c >= 'a' && c <= 'z') || c == '-') {
        label = true;
      } else {
        return false;
      }
    }
    return label;
  }

  /// Returns whether a host is an IPv6 address in brackets.
  private static boolean isAddress(String host) {
    if (host.length() < 4 || host.charAt(0) != '[' || host.charAt(host.length() - 1) != ']') {
      return false;
    }
    for (int i = 1; i < host.length() - 1; i++) {
      char c = host.charAt(i);
      if (!isDigit(c) && !(c >= 'a' && c <= 'f') && c != ':' && c != '.') {
        return false;
      }
    }
    return true;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  /// Returns scheme, host and port without a slash at the end.
  public String text() {
    return text;
  }

  /// Returns whether cargo may send a token there: over TLS, or to this machine.
  public boolean isProtected() {
    return text.startsWith(HTTPS)
        || host.equals("127.0.0.1")
        || host.equals("[::1]")
        || host.equals("localhost");
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof GateOrigin origin && origin.text.equals(text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  /// Returns scheme, host and port.
  @Override
  public String toString() {
    return text;
  }
}
