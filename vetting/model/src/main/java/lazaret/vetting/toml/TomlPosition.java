package lazaret.vetting.toml;

/// A position in a text.
///
/// @param line line, from 1
/// @param column column in characters, from 1
public record TomlPosition(int line, int column) {
  /// Returns the line and column of an offset.
  static TomlPosition of(String text, int offset) {
    int line = 1;
    int lineStart = 0;
    for (int i = 0; i < offset; i++) {
      if (text.charAt(i) == '\n') {
        line++;
        lineStart = i + 1;
      }
    }
    return new TomlPosition(line, offset - lineStart + 1);
  }

  /// Returns the position in the form of compilers: `3:14`.
  @Override
  public String toString() {
    return line + ":" + column;
  }
}
