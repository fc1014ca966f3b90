package lazaret.vetting.toml;

/// A parser of the four string notations (TOML 1.0, "String"), with the escapes `\e` and `\xHH` of
/// 1.1.
final class TomlStrings {
  private final TomlCursor in;
  private final boolean strict;

  /// @param strict whether the escapes of 1.1 are refused
  TomlStrings(TomlCursor in, boolean strict) {
    this.in = in;
    this.strict = strict;
  }

  /// Reads `"..."`.
  String basicLine() {
    in.expect('"');
    String plain = in.takePlain('"');
    if (in.accept('"')) {
      return plain;
    }
    var value = new StringBuilder(plain);
    while (true) {
      char c = in.take();
      switch (c) {
        case '"' -> {
          return value.toString();
        }
        case '\\' -> escape(value);
        default -> {
          in.requireTextCharacter(c);
          value.append(c);
        }
      }
    }
  }

  /// Reads `'...'`.
  String literalLine() {
    in.expect('\'');
    var value = new StringBuilder();
    while (true) {
      char c = in.take();
      if (c == '\'') {
        return value.toString();
      }
      in.requireTextCharacter(c);
      value.append(c);
    }
  }

  /// Reads `"""..."""`.
  String basicLines() {
    return lines("\"\"\"", true);
  }

  /// Reads `'''...'''`.
  String literalLines() {
    return lines("'''", false);
  }

  private String lines(String delimiter, boolean escapes) {
    in.advance(3);
    in.acceptLineEnd(); // a line end right after the opening is trimmed
    var value = new StringBuilder();
    while (!in.at(delimiter)) {
      if (in.acceptLineEnd()) {
        value.append('\n');
        continue;
      }
      char c = in.take();
      if (c == '\\' && escapes) {
        if (!acceptLineContinuation()) {
          escape(value);
        }
      } else {
        in.requireTextCharacter(c);
        value.append(c);
      }
    }
    in.advance(3);
    // One or two quotes directly before the closing delimiter belong to the value.
    char quote = delimiter.charAt(0);
    for (int i = 0; i < 2 && in.accept(quote); i++) {
      value.append(quote);
    }
    return value.toString();
  }

  /// Returns whether a backslash ends the line, and then skips all white space up to the next
  /// character.
  private boolean acceptLineContinuation() {
    int ahead = 0;
    while (in.peekAt(ahead) == ' ' || in.peekAt(ahead) == '\t') {
      ahead++;
    }
    boolean lineEnd =
        in.peekAt(ahead) == '\n' || (in.peekAt(ahead) == '\r' && in.peekAt(ahead + 1) == '\n');
    if (!lineEnd) {
      return false;
    }
    do {
      in.skipSpaces();
    } while (in.acceptLineEnd());
    return true;
  }

  private void escape(StringBuilder value) {
    char c = in.take();
    if (strict && (c == 'e' || c == 'x')) {
      throw in.fail("unknown escape in a string");
    }
    switch (c) {
      case 'b' -> value.append('\b');
      case 't' -> value.append('\t');
      case 'n' -> value.append('\n');
      case 'f' -> value.append('\f');
      case 'r' -> value.append('\r');
      case 'e' -> value.append('\u001b');
      case '"', '\\' -> value.append(c);
      case 'x' -> codePoint(value, 2);
      case 'u' -> codePoint(value, 4);
      case 'U' -> codePoint(value, 8);
      default -> throw in.fail("unknown escape in a string");
    }
  }

  private void codePoint(StringBuilder value, int digits) {
    long code = 0;
    for (int i = 0; i < digits; i++) {
      char c = in.take();
      int digit = c < 0x80 ? Character.digit(c, 16) : -1;
      if (digit < 0) {
        throw in.fail("expected " + digits + " hexadecimal digits in an escape");
      }
      code = code << 4 | digit;
    }
    boolean scalarValue = code <= 0x10FFFF && !(code >= 0xD800 && code <= 0xDFFF);
    if (!scalarValue) {
      throw in.fail("an escape that is not a Unicode scalar value");
    }
    value.appendCodePoint((int) code);
  }
}
