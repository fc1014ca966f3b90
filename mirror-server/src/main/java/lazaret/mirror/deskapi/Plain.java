package lazaret.mirror.deskapi;

/// Makes foreign text fit to print: control characters rewrite a terminal, line breaks forge lines.
public final class Plain {
  private Plain() {}

  /// Returns a text on one line, without control and format characters, of at most so many
  /// characters, with `..` at the end where it was cut.
  public static String cut(String text, int max) {
    StringBuilder plain = new StringBuilder(Math.min(text.length(), max));
    text.codePoints().filter(Plain::prints).limit(max + 1L).forEach(c -> plain.appendCodePoint(c));
    if (plain.codePointCount(0, plain.length()) <= max) {
      return plain.toString();
    }
    return plain.substring(0, plain.offsetByCodePoints(0, max - 2)) + "..";
  }

  /// Tells whether a character shows as itself and steers nothing.
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
