package lazaret.mirror.deskapi;

/// Printable text made from untrusted text. Control characters could rewrite a terminal, and line
/// breaks could forge lines.
public final class Plain {
  private Plain() {}

  /// Returns a text on one line, without control and format characters. A text longer than the
  /// maximum number of characters is cut and ends with `..`.
  public static String cut(String text, int max) {
    StringBuilder plain = new StringBuilder(Math.min(text.length(), max));
    text.codePoints().filter(Plain::prints).limit(max + 1L).forEach(c -> plain.appendCodePoint(c));
    if (plain.codePointCount(0, plain.length()) <= max) {
      return plain.toString();
    }
    return plain.substring(0, plain.offsetByCodePoints(0, max - 2)) + "..";
  }

  /// Returns whether a character is visible as itself and controls nothing.
  public static boolean prints(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }
}
