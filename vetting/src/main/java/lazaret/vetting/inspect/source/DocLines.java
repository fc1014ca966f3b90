package lazaret.vetting.inspect.source;

/// Hidden lines of the examples in documentation: `# ` at the head of a line in a fenced block
/// (rustdoc book, *Documentation tests*). Nobody sees them on the page, and `cargo test` runs them.
final class DocLines {
  private DocLines() {}

  /// Returns the source with nothing left but the hidden lines, each where it stood; the empty
  /// array where there are none.
  static byte[] hidden(byte[] source, int length) {
    byte[] out = new byte[length];
    boolean fenced = false;
    boolean any = false;
    int from = 0;
    while (from < length) {
      int to = from;
      while (to < length && source[to] != '\n') {
        to++;
      }
      int text = documentation(source, from, to);
      boolean fence = text >= 0 && starts(source, text, to, "```");
      fenced = text >= 0 && fence != fenced;
      boolean line = fenced && !fence && text < to && source[text] == '#';
      boolean hidden = line && (text + 1 == to || source[text + 1] == ' ');
      for (int i = from; i < Math.min(length, to + 1); i++) {
        out[i] = (hidden && i > text) || source[i] == '\n' ? source[i] : (byte) ' ';
      }
      any |= hidden;
      from = to + 1;
    }
    return any ? out : new byte[0];
  }

  /// Returns where the text of a doc comment begins; -1 for any other line.
  private static int documentation(byte[] source, int from, int to) {
    int at = spaces(source, from, to);
    boolean doc = starts(source, at, to, "///") || starts(source, at, to, "//!");
    return doc ? spaces(source, at + 3, to) : -1;
  }

  private static int spaces(byte[] source, int from, int to) {
    int at = from;
    while (at < to && (source[at] == ' ' || source[at] == '\t')) {
      at++;
    }
    return at;
  }

  private static boolean starts(byte[] source, int from, int to, String text) {
    if (from + text.length() > to) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if (source[from + i] != text.charAt(i)) {
        return false;
      }
    }
    return true;
  }
}
