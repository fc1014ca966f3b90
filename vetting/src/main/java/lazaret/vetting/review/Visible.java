package lazaret.vetting.review;

/// A line of foreign source in a form that is safe to display: characters that do not print become
/// Rust escapes. A reviewer must see a bidirectional mark that the compiler sees (*Trojan Source*,
/// CVE-2021-42574), and a terminal must not execute the text.
final class Visible {
  private Visible() {}

  /// Returns the line with each character that does not print, except tabs, as its escape. A longer
  /// line is cut to a number of characters, followed by the number of missing ones.
  ///
  /// @param max maximum number of characters of the line
  static String line(String text, int max) {
    int end = text.length() <= max ? text.length() : text.offsetByCodePoints(0, safe(text, max));
    String shown = escaped(text.substring(0, end));
    int missing = text.length() - end;
    return missing == 0 ? shown : shown + " .. (" + missing + " more characters in this line)";
  }

  /// Returns the number of code points, limited to a maximum.
  private static int safe(String text, int max) {
    return Math.min(max, text.codePointCount(0, text.length()));
  }

  private static String escaped(String text) {
    if (text.chars().allMatch(c -> (c >= 0x20 && c < 0x7f) || c == '\t')) {
      return text;
    }
    StringBuilder out = new StringBuilder(text.length() + 16);
    text.codePoints()
        .forEach(
            c -> {
              if (c == '\t' || prints(c)) {
                out.appendCodePoint(c);
              } else {
                out.append("\\u{").append(Integer.toHexString(c)).append('}');
              }
            });
    return out.toString();
  }

  private static boolean prints(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      // Spaces other than the ASCII one look like it and can hide text far to the right.
      case Character.SPACE_SEPARATOR -> c == ' ';
      default -> true;
    };
  }
}
