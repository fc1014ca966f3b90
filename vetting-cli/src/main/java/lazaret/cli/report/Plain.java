package lazaret.cli.report;

/// A filter that makes foreign text safe for a terminal. Control characters rewrite a screen, line
/// breaks forge lines, and bidirectional marks hide text.
public final class Plain {
  private Plain() {}

  /// Returns the text with `?` in place of each character that is not printable. Tabs and line
  /// breaks become a space.
  public static String line(String text) {
    if (isPlain(text)) {
      return text;
    }
    StringBuilder plain = new StringBuilder(text.length());
    text.codePoints().forEach(c -> plain.appendCodePoint(replaced(c)));
    return plain.toString();
  }

  private static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 0x20 || c >= 0x7f) {
        return false;
      }
    }
    return true;
  }

  private static int replaced(int c) {
    if (c == '\n' || c == '\t') {
      return ' ';
    }
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          '?';
      default -> c;
    };
  }
}
