package lazaret.vetting.toml;

import java.util.function.IntPredicate;

/// A position in a TOML text. Not thread-safe.
final class TomlCursor {
  /// The result of [#peek()] at the end of the text.
  static final int END = -1;

  private final String text;
  private int position;

  TomlCursor(String text) {
    this.text = text;
  }

  /// An exception that ends the parsing. It is used within this package only and has no stack
  /// trace.
  static final class Malformed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String detail;

    Malformed(String detail) {
      super(detail, null, false, false);
      this.detail = detail;
    }

    String detail() {
      return detail;
    }
  }

  int peek() {
    return position < text.length() ? text.charAt(position) : END;
  }

  int peekNext() {
    return peekAt(1);
  }

  int peekAt(int ahead) {
    int index = position + ahead;
    return index < text.length() ? text.charAt(index) : END;
  }

  boolean at(String expected) {
    return text.startsWith(expected, position);
  }

  int offset() {
    return position;
  }

  /// Advances by a number of characters that the caller has seen; a negative number goes back.
  void advance(int characters) {
    position += characters;
  }

  /// Returns the next character and advances past it.
  char take() {
    if (position >= text.length()) {
      throw fail("unexpected end of the document");
    }
    return text.charAt(position++);
  }

  String takeWhile(IntPredicate belongs) {
    int start = position;
    while (position < text.length() && belongs.test(text.charAt(position))) {
      position++;
    }
    return text.substring(start, position);
  }

  /// Returns the characters up to a quotation mark, a backslash or a control character. Most
  /// strings consist of such characters alone.
  String takePlain(char quote) {
    int start = position;
    while (position < text.length()) {
      char c = text.charAt(position);
      if (c < ' ' || c == quote || c == '\\' || c == 0x7f) {
        break;
      }
      position++;
    }
    return text.substring(start, position);
  }

  boolean accept(char expected) {
    if (peek() != expected) {
      return false;
    }
    position++;
    return true;
  }

  void expect(char expected) {
    if (!accept(expected)) {
      throw fail("expected '" + expected + "', found " + found());
    }
  }

  void skipSpaces() {
    while (peek() == ' ' || peek() == '\t') {
      position++;
    }
  }

  /// Skips spaces, comments and line ends.
  ///
  /// @return whether any text follows
  boolean skipBlankLines() {
    while (true) {
      skipSpaces();
      skipComment();
      if (!acceptLineEnd()) {
        return peek() != END;
      }
    }
  }

  /// Requires that the rest of the line is spaces and a comment.
  void endOfLine() {
    skipSpaces();
    skipComment();
    if (peek() != END && !acceptLineEnd()) {
      throw fail("expected the end of the line, found " + found());
    }
  }

  /// Advances past LF or CR LF, if it is next; a CR alone does not end a line (TOML 1.0, "Spec").
  boolean acceptLineEnd() {
    if (peek() == '\r' && peekNext() == '\n') {
      position += 2;
      return true;
    }
    return accept('\n');
  }

  private void skipComment() {
    if (peek() != '#') {
      return;
    }
    while (peek() != END && peek() != '\n' && !(peek() == '\r' && peekNext() == '\n')) {
      requireTextCharacter(take());
    }
  }

  /// Refuses control characters other than tab (TOML 1.0, "Comment" and "String").
  void requireTextCharacter(char c) {
    if ((c < ' ' && c != '\t') || c == 0x7f) {
      position--;
      throw fail("found " + found());
    }
  }

  Malformed fail(String detail) {
    return new Malformed(detail);
  }

  /// Returns a printable form of the next character.
  String found() {
    int c = peek();
    if (c == END) {
      return "the end of the document";
    }
    return c > ' ' && c < 0x7f ? "'" + (char) c + "'" : "U+%04X".formatted(c);
  }

  <D> TomlOutcome<D> malformed(String detail) {
    TomlPosition place = TomlPosition.of(text, position);
    return new TomlOutcome.Malformed<>(place.line(), place.column(), detail);
  }
}
