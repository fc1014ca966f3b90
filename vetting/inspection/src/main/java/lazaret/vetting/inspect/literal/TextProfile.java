package lazaret.vetting.inspect.literal;

/// The kinds of bytes in a text, found in one pass. For most texts it excludes hex, base64 and
/// addresses, so that they need not be searched for each.
///
/// @param kinds the kinds of the bytes, as bits
public record TextProfile(int kinds) {
  private static final int NO_HEX = 1;
  private static final int NO_BASE64 = 2;
  private static final int CONTROL = 4;
  private static final int HIGH = 8;
  private static final int DIGIT = 16;
  private static final int DOT = 32;
  private static final int SLASH = 64;
  private static final int COLON = 128;
  private static final byte[] KINDS = table();

  /// Returns the profile of a text.
  public static TextProfile at(byte[] bytes) {
    int kinds = 0;
    for (byte b : bytes) {
      kinds |= KINDS[b & 0xFF];
    }
    return new TextProfile(kinds);
  }

  /// Returns whether all bytes are hex digits or may occur between them.
  public boolean maybeHex() {
    return (kinds & NO_HEX) == 0;
  }

  /// Returns whether all bytes belong to base64, including padding.
  public boolean maybeBase64() {
    return (kinds & NO_BASE64) == 0;
  }

  /// Returns whether the only control characters are line breaks, so that the text may be UTF-8.
  public boolean isText() {
    return (kinds & CONTROL) == 0;
  }

  /// Returns whether all bytes are ASCII.
  public boolean isAscii() {
    return (kinds & HIGH) == 0;
  }

  /// Returns whether there are digits and dots.
  public boolean maybeAddress() {
    return (kinds & DIGIT) != 0 && (kinds & DOT) != 0;
  }

  /// Returns whether there are dots or colons.
  public boolean maybeHost() {
    return (kinds & (DOT | COLON)) != 0;
  }

  /// Returns whether there are slashes and colons.
  public boolean maybeUrl() {
    return (kinds & SLASH) != 0 && (kinds & COLON) != 0;
  }

  /// Returns whether there are dots and slashes.
  public boolean maybePath() {
    return (kinds & DOT) != 0 && (kinds & SLASH) != 0;
  }

  private static byte[] table() {
    byte[] kinds = new byte[256];
    for (int b = 0; b < kinds.length; b++) {
      boolean digit = b >= '0' && b <= '9';
      boolean hex = digit || (b >= 'a' && b <= 'f') || (b >= 'A' && b <= 'F');
      boolean between = b == ' ' || b == ':' || b == '\\' || b == 'x' || b == '\n';
      boolean control = (b < ' ' && b != '\n' && b != '\r' && b != '\t') || b == 0x7F;
      int kind = hex || between ? 0 : NO_HEX;
      kind |= Base64Literal.holds(b) ? 0 : NO_BASE64;
      kind |= control ? CONTROL : 0;
      kind |= b >= 0x80 ? HIGH : 0;
      kind |= digit ? DIGIT : 0;
      kind |= b == '.' ? DOT : b == '/' ? SLASH : b == ':' ? COLON : 0;
      kinds[b] = (byte) kind;
    }
    return kinds;
  }
}
