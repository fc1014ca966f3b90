package lazaret.vetting.inspect.literal;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// An IPv4 address in a text, in the dotted form.
///
/// @param text the address
/// @param start the offset at which it begins
/// @param end the offset at which it ends
public record IpLiteral(String text, int start, int end) {
  private static final int PARTS = 4;

  /// Finds the first separate address. It must not be part of a longer number, word or version, or
  /// an address without a machine (`0.0.0.0`, `255.*`).
  public static Optional<IpLiteral> find(byte[] bytes) {
    int at = 0;
    while (at < bytes.length) {
      if (!digit(bytes[at])) {
        at++;
        continue;
      }
      int end = end(bytes, at);
      if (end > 0 && startsAlone(bytes, at) && endsAlone(bytes, end)) {
        String text = new String(bytes, at, end - at, StandardCharsets.US_ASCII);
        if (!text.startsWith("0.") && !text.startsWith("255.")) {
          return Optional.of(new IpLiteral(text, at, end));
        }
      }
      while (at < bytes.length && (digit(bytes[at]) || bytes[at] == '.')) {
        at++;
      }
    }
    return Optional.empty();
  }

  /// Returns the end of four numbers of at most 255, separated by dots, or -1 if there are none.
  private static int end(byte[] bytes, int start) {
    int at = start;
    for (int part = 0; part < PARTS; part++) {
      if (part > 0) {
        if (at >= bytes.length || bytes[at] != '.') {
          return -1;
        }
        at++;
      }
      int from = at;
      int value = 0;
      while (at < bytes.length && digit(bytes[at]) && at - from < 4) {
        value = value * 10 + bytes[at] - '0';
        at++;
      }
      boolean leadingZero = at - from > 1 && bytes[from] == '0';
      if (at == from || value > 255 || leadingZero) {
        return -1;
      }
    }
    return at;
  }

  private static boolean startsAlone(byte[] bytes, int start) {
    if (start == 0) {
      return true;
    }
    byte before = bytes[start - 1];
    return before == '/'
        || before == '@'
        || before == ' '
        || before == '"'
        || before == '='
        || before == '\''
        || before == '('
        || before == '\n';
  }

  private static boolean endsAlone(byte[] bytes, int end) {
    return end == bytes.length
        || (!Character.isLetterOrDigit(bytes[end]) && ".-_".indexOf(bytes[end]) < 0);
  }

  private static boolean digit(byte b) {
    return b >= '0' && b <= '9';
  }
}
