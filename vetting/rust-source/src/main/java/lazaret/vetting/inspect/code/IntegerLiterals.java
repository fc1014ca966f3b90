package lazaret.vetting.inspect.code;

/// Integer literals of Rust.
public final class IntegerLiterals {
  private static final int LARGE = 1 << 16;

  private IntegerLiterals() {}

  /// Returns the value of a literal, or -1 if it is large or not an integer.
  public static int value(String literal) {
    int radix = literal.startsWith("0x") ? 16 : literal.startsWith("0o") ? 8 : 10;
    int value = 0;
    int at = radix == 10 ? 0 : 2;
    for (; at < literal.length() && value < LARGE; at++) {
      char c = literal.charAt(at);
      int digit = Character.digit(c, radix);
      if (digit >= 0) {
        value = value * radix + digit;
      } else if (c == 'u' || c == 'i') {
        break;
      } else if (c != '_') {
        return -1;
      }
    }
    return value < LARGE ? value : -1;
  }
}
