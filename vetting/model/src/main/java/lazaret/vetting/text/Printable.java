package lazaret.vetting.text;

/// Printable forms of foreign text. Hostile text in a message is an attack: control characters
/// rewrite a terminal, line breaks forge lines, bidirectional marks hide what is written.
///
/// The classes of characters are Unicode's general categories, as the JDK knows them.
public final class Printable {
  private Printable() {}

  /// Returns whether a code point shows as itself. Not printable are control, format, surrogate,
  /// private use and unassigned code points, line and paragraph separators, and all space
  /// separators except U+0020: a reader takes them for one and does not see what follows far to the
  /// right.
  ///
  /// @param codePoint 0 to U+10FFFF
  public static boolean prints(int codePoint) {
    return codePoint == ' '
        || (isSafe(codePoint) && Character.getType(codePoint) != Character.SPACE_SEPARATOR);
  }

  /// Returns whether a terminal shows a code point without obeying it: each printable one, and all
  /// space separators.
  ///
  /// @param codePoint 0 to U+10FFFF
  public static boolean isSafe(int codePoint) {
    if (codePoint < 0x7f) {
      return codePoint >= 0x20;
    }
    return switch (Character.getType(codePoint)) {
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

  /// Returns the text with each unsafe code point replaced.
  ///
  /// @param replacement a code point
  public static String replaced(String text, int replacement) {
    if (isAscii(text)) {
      return text;
    }
    StringBuilder safe = new StringBuilder(text.length());
    text.codePoints().forEach(c -> safe.appendCodePoint(isSafe(c) ? c : replacement));
    return safe.toString();
  }

  /// Returns the text on one line: tabs and line feeds become spaces, other unsafe code points
  /// become `?`.
  public static String line(String text) {
    return isAscii(text) ? text : replaced(text.replace('\n', ' ').replace('\t', ' '), '?');
  }

  /// Returns whether all characters are printable ASCII, as of most texts.
  private static boolean isAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 0x20 || c >= 0x7f) {
        return false;
      }
    }
    return true;
  }

  /// Returns the text without unsafe code points, with `..` at its end if it was cut.
  ///
  /// @param maxCodePoints the longest result, at least 2 if the text may be longer
  public static String cut(String text, int maxCodePoints) {
    StringBuilder safe = new StringBuilder(Math.min(text.length(), maxCodePoints));
    text.codePoints()
        .filter(Printable::isSafe)
        .limit(maxCodePoints + 1L)
        .forEach(safe::appendCodePoint);
    if (safe.codePointCount(0, safe.length()) <= maxCodePoints) {
      return safe.toString();
    }
    return safe.substring(0, safe.offsetByCodePoints(0, maxCodePoints - 2)) + "..";
  }

  /// Returns a line of source with each unprintable code point as its Rust escape. Tabs stay. A
  /// longer line is cut, and the number of missing characters follows.
  ///
  /// A reviewer must see a bidirectional mark that the compiler sees (*Trojan Source*,
  /// CVE-2021-42574).
  ///
  /// @param maxCodePoints the code points that are shown at most
  public static String escaped(String line, int maxCodePoints) {
    int end =
        line.length() <= maxCodePoints
            ? line.length()
            : line.offsetByCodePoints(
                0, Math.min(maxCodePoints, line.codePointCount(0, line.length())));
    String shown = escaped(line.substring(0, end));
    int missing = line.length() - end;
    return missing == 0 ? shown : shown + " .. (" + missing + " more characters in this line)";
  }

  private static String escaped(String line) {
    if (line.chars().allMatch(c -> (c >= 0x20 && c < 0x7f) || c == '\t')) {
      return line;
    }
    StringBuilder out = new StringBuilder(line.length() + 16);
    line.codePoints()
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
}
