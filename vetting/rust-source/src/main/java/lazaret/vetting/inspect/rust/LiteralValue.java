package lazaret.vetting.inspect.rust;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// The value of a literal (Rust reference, *Character and string literals*, *Byte and byte string
/// literals*, *C string literals*). Malformed parts are kept as written.
final class LiteralValue {
  private final byte[] source;
  private final int end;
  private final byte[] out;
  private int at;
  private int length;

  private LiteralValue(byte[] source, int start, int end) {
    this.source = source;
    this.at = start;
    this.end = end;
    this.out = new byte[end - start];
  }

  static byte[] of(byte[] source, int start, int end, TokenKind kind) {
    return switch (kind) {
      case RAW_STRING, RAW_BYTE_STRING, RAW_C_STRING -> raw(source, start, end);
      case STRING, BYTE_STRING, C_STRING -> escaped(source, start, end, '"');
      case CHARACTER, BYTE -> escaped(source, start, end, '\'');
      case IDENTIFIER, LIFETIME, PATH_SEPARATOR, PUNCTUATION, NUMBER ->
          Arrays.copyOfRange(source, start, end);
    };
  }

  private static byte[] raw(byte[] source, int start, int end) {
    int from = start;
    int hashes = 0;
    while (from < end && source[from] != '"') {
      hashes += source[from] == '#' ? 1 : 0;
      from++;
    }
    from = Math.min(from + 1, end);
    int to = end - hashes - 1;
    boolean closed = to >= from && source[to] == '"';
    return Arrays.copyOfRange(source, from, closed ? to : end);
  }

  private static byte[] escaped(byte[] source, int start, int end, char quote) {
    int from = start;
    while (from < end && source[from] != quote) {
      from++;
    }
    from = Math.min(from + 1, end);
    int to = end > from && source[end - 1] == quote ? end - 1 : end;
    for (int i = from; i < to; i++) {
      if (source[i] == '\\') {
        return new LiteralValue(source, from, to).unescape();
      }
    }
    return Arrays.copyOfRange(source, from, to);
  }

  private byte[] unescape() {
    while (at < end) {
      byte b = source[at++];
      if (b == '\\' && at < end) {
        escape();
      } else {
        out[length++] = b;
      }
    }
    return Arrays.copyOf(out, length);
  }

  private void escape() {
    byte b = source[at++];
    switch (b) {
      case 'n' -> put('\n');
      case 'r' -> put('\r');
      case 't' -> put('\t');
      case '0' -> put(0);
      case 'x' -> byteEscape();
      case 'u' -> unicodeEscape();
      case '\n', '\r' -> {
        while (at < end && isSpace(source[at])) {
          at++;
        }
      }
      default -> put(b);
    }
  }

  private void byteEscape() {
    int high = at < end ? Character.digit(source[at], 16) : -1;
    int low = at + 1 < end ? Character.digit(source[at + 1], 16) : -1;
    if (high < 0 || low < 0) {
      put('x');
      return;
    }
    at += 2;
    put(high << 4 | low);
  }

  private void unicodeEscape() {
    int i = at;
    int value = 0;
    boolean fits = i < end && source[i] == '{';
    for (i++; fits && i < end && source[i] != '}'; i++) {
      int digit = Character.digit(source[i], 16);
      fits = digit >= 0 || source[i] == '_';
      value = digit >= 0 ? value << 4 | digit : value;
      fits &= value <= Character.MAX_CODE_POINT;
    }
    if (!fits || i >= end || (value >= 0xD800 && value <= 0xDFFF)) {
      put('u');
      return;
    }
    at = i + 1;
    // The escape itself, `\` and `u{}` with its digits, is never shorter than its UTF-8.
    for (byte b : Character.toString(value).getBytes(StandardCharsets.UTF_8)) {
      put(b);
    }
  }

  private void put(int value) {
    out[length++] = (byte) value;
  }

  private static boolean isSpace(byte b) {
    return b == ' ' || b == '\t' || b == '\n' || b == '\r';
  }
}
