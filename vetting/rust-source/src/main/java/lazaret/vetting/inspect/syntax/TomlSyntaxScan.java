package lazaret.vetting.inspect.syntax;

/// One pass over a TOML document. It distinguishes keys from values by their place only, so that it
/// accepts any bytes. Used once.
final class TomlSyntaxScan {
  private final byte[] source;
  private final SyntaxTokens.Builder builder;
  private int at;

  /// True if the next text of the line is a key or a header.
  private boolean key = true;

  /// The number of open brackets of a value, which may continue on the next line.
  private int depth;

  TomlSyntaxScan(byte[] source, SyntaxTokens.Builder builder) {
    this.source = source;
    this.builder = builder;
  }

  void run() {
    while (at < source.length) {
      step();
    }
  }

  private void step() {
    byte b = source[at];
    switch (b) {
      case '\n' -> {
        key = depth == 0;
        at++;
      }
      case '#' -> to(SyntaxKind.COMMENT, lineEnd());
      case '"', '\'' -> to(key ? SyntaxKind.KEYWORD : SyntaxKind.STRING, stringEnd(b));
      case '=' -> {
        key = false;
        at++;
      }
      case '[', '{' -> open(b);
      case ']', '}' -> {
        depth = Math.max(0, depth - 1);
        at++;
      }
      default -> {
        if (isWord(b)) {
          word();
        } else {
          at++;
        }
      }
    }
  }

  private void open(byte b) {
    if (key && b == '[') {
      to(SyntaxKind.ATTRIBUTE, headerEnd());
      key = false;
    } else {
      depth++;
      at++;
    }
  }

  private void word() {
    int end = at;
    boolean number = !key && startsNumber();
    while (end < source.length && (isWord(source[end]) || (number && isInNumber(source[end])))) {
      end++;
    }
    to(number ? SyntaxKind.NUMBER : SyntaxKind.KEYWORD, end);
  }

  private boolean startsNumber() {
    byte b = source[at];
    boolean signed = (b == '+' || b == '-') && at + 1 < source.length && isDigit(source[at + 1]);
    return signed || isDigit(b);
  }

  /// Returns the end of a header in its line. Brackets in quotes do not end it.
  private int headerEnd() {
    int end = at;
    int open = 0;
    byte quote = 0;
    while (end < source.length && source[end] != '\n') {
      byte b = source[end++];
      if (quote != 0) {
        quote = b == quote ? 0 : quote;
      } else if (b == '"' || b == '\'') {
        quote = b;
      } else if (b == '[') {
        open++;
      } else if (b == ']' && --open == 0) {
        return end;
      }
    }
    return end;
  }

  /// Returns the end of a string. One in a line without its closing quote ends with the line.
  private int stringEnd(byte quote) {
    boolean lines = !key && is(at + 1, quote) && is(at + 2, quote);
    int end = at + (lines ? 3 : 1);
    while (end < source.length) {
      byte b = source[end];
      if (b == '\\' && quote == '"' && (lines || !is(end + 1, (byte) '\n'))) {
        end += 2;
      } else if (b == '\n' && !lines) {
        return end;
      } else if (b == quote && (!lines || (is(end + 1, quote) && is(end + 2, quote)))) {
        return Math.min(source.length, end + (lines ? 3 : 1));
      } else {
        end++;
      }
    }
    return source.length;
  }

  private boolean is(int index, byte b) {
    return index < source.length && source[index] == b;
  }

  private int lineEnd() {
    int end = at;
    while (end < source.length && source[end] != '\n') {
      end++;
    }
    return end;
  }

  private void to(SyntaxKind kind, int end) {
    builder.add(kind, at, end);
    at = end;
  }

  private static boolean isWord(byte b) {
    return (b >= 'a' && b <= 'z')
        || (b >= 'A' && b <= 'Z')
        || isDigit(b)
        || b == '_'
        || b == '-'
        || b == '+'
        || b < 0;
  }

  private static boolean isInNumber(byte b) {
    return b == '.' || b == ':';
  }

  private static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }
}
