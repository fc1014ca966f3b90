package lazaret.mirror.http2;

/// A check of the fields of a request (RFC 9113, section 8.3) that writes them again without any
/// use of a dynamic table. Not thread-safe.
final class HeaderRewriter implements HeaderDecoder.Sink {
  /// The characters of tokens (RFC 9110, section 5.6.2) other than letters and digits.
  private static final String TOKEN = "!#$%&'*+-.^_`|~";

  private static final int METHOD = 1;
  private static final int SCHEME = 2;
  private static final int AUTHORITY = 4;
  private static final int PATH = 8;

  private final FrameBuffer out;
  private boolean trailer;
  private boolean regular;
  private int pseudo;

  HeaderRewriter(FrameBuffer out) {
    this.out = out;
  }

  /// Starts a block. The fields of a trailer are checked only: the library ignores them.
  void begin(boolean asTrailer) {
    trailer = asTrailer;
    regular = false;
    pseudo = 0;
  }

  /// Ends a block.
  void end() {
    int required = METHOD | SCHEME | PATH;
    if (!trailer && (pseudo & required) != required) {
      throw Http2Violation.protocol("request without method, scheme or path");
    }
  }

  @Override
  public void field(HeaderField field, boolean sensitive) {
    if (field.name().startsWith(":")) {
      checkPseudo(field);
    } else {
      regular = true;
      checkName(field.name());
    }
    checkValue(field.value());
    if (!trailer) {
      write(field, sensitive);
    }
  }

  private void checkPseudo(HeaderField field) {
    int bit =
        switch (field.name()) {
          case ":method" -> METHOD;
          case ":scheme" -> SCHEME;
          case ":authority" -> AUTHORITY;
          case ":path" -> PATH;
          default -> 0;
        };
    if (bit == 0 || trailer || regular || (pseudo & bit) != 0) {
      throw Http2Violation.protocol(
          "pseudo-header field that is unknown, repeated or out of place");
    }
    pseudo |= bit;
    if (bit == METHOD && !isToken(field.value())) {
      throw Http2Violation.protocol("method that is not a token");
    }
    if (bit == PATH) {
      checkPath(field.value());
    }
  }

  private static void checkPath(String path) {
    boolean sound = path.startsWith("/") || path.equals("*");
    for (int i = 0; i < path.length() && sound; i++) {
      char c = path.charAt(i);
      sound = c > 0x20 && c < 0x7F && (c != '%' || isEscape(path, i));
    }
    if (!sound) {
      throw Http2Violation.protocol("malformed path");
    }
  }

  private static boolean isEscape(String path, int at) {
    return at + 2 < path.length()
        && Character.digit(path.charAt(at + 1), 16) >= 0
        && Character.digit(path.charAt(at + 2), 16) >= 0;
  }

  private static void checkName(String name) {
    boolean lower = true;
    for (int i = 0; i < name.length() && lower; i++) {
      lower = name.charAt(i) < 'A' || name.charAt(i) > 'Z';
    }
    if (!lower || !isToken(name)) {
      throw Http2Violation.protocol("field name that is not a token in lower case");
    }
  }

  private static boolean isToken(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      if (!plain && TOKEN.indexOf(c) < 0) {
        return false;
      }
    }
    return !text.isEmpty();
  }

  private static void checkValue(String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if ((c < 0x20 && c != '\t') || c == 0x7F) {
        throw Http2Violation.protocol("control character in a field value");
      }
    }
  }

  /// Writes an indexed field of the static table, or a literal without indexing.
  private void write(HeaderField field, boolean sensitive) {
    if (field.staticField() > 0) {
      out.integer(0x80, 7, field.staticField());
      return;
    }
    out.integer(sensitive ? 0x10 : 0, 4, field.staticName());
    if (field.staticName() == 0) {
      out.string(field.name());
    }
    out.string(field.value());
  }
}
