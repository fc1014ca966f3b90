package lazaret.credential;

/// Foreign text in printable ASCII, for messages. Control characters rewrite a terminal, and
/// letters of other scripts look like others.
final class PlainText {
  private static final int EXCERPT = 120;
  private static final int MESSAGE = 600;

  private PlainText() {}

  /// Returns the start of a text, at most 120 characters. Other characters than printable ASCII
  /// become `?`, and so do the characters that JSON escapes; `..` follows if the text was cut.
  static String of(String text) {
    return of(text, EXCERPT);
  }

  /// Returns a message, at most 600 characters, in the same form.
  static String message(String text) {
    return of(text, MESSAGE);
  }

  private static String of(String text, int most) {
    StringBuilder plain = new StringBuilder();
    for (int i = 0; i < text.length() && i < most; i++) {
      char c = text.charAt(i);
      plain.append(isPlain(c) ? c : '?');
    }
    return text.length() > most ? plain.append("..").toString() : plain.toString();
  }

  /// Returns whether all characters are printable ASCII that a text in quotes may contain as it is.
  static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (!isPlain(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isPlain(char c) {
    return c >= ' ' && c < 0x7f && c != '"' && c != '\\';
  }
}
