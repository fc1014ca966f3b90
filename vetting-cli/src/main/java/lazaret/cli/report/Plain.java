package lazaret.cli.report;

/// Makes foreign text fit for a terminal: control characters rewrite a screen, line breaks forge
/// lines, bidirectional marks hide what is written.
public final class Plain {
  private Plain() {}

  /// Returns the text with everything that does not print replaced by `?`; tabs and line breaks
  /// become a space.
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
