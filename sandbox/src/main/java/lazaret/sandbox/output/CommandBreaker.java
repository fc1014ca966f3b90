package lazaret.sandbox.output;

/// Finds where a CI service would begin to read a command, one character after the other.
///
/// GitHub's runner takes a line that begins with `::name`, blanks before it aside; that and Azure's
/// take `##[name]` and `##vso[name]` wherever they stand, TeamCity `##teamcity[name]`. rustc's `:::
/// src/lib.rs` is none.
final class CommandBreaker {
  private static final int MOST_LETTERS = 16;

  /// How much of `::` stands at the start of the line; over for the rest of it.
  private int colons;

  private boolean started;
  private int hashes;
  private int letters;

  /// Tells whether a backslash must stand before this character.
  boolean breaksAt(int c) {
    if (c == '\n') {
      colons = 0;
      started = false;
      hashes = 0;
      return false;
    }
    boolean command = isCommand(c);
    boolean mark = isMark(c);
    return command || mark;
  }

  private boolean isCommand(int c) {
    if (started || (colons == 0 && (Character.isWhitespace(c) || Character.isSpaceChar(c)))) {
      return false;
    }
    if (c == ':' && colons < 2) {
      colons++;
      return false;
    }
    started = true;
    return colons == 2 && c != ':';
  }

  private boolean isMark(int c) {
    if (c == '#') {
      hashes++;
      letters = 0;
      return false;
    }
    boolean letter = (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
    if (hashes >= 2 && letter && letters < MOST_LETTERS) {
      letters++;
      return false;
    }
    boolean mark = hashes >= 2 && c == '[';
    hashes = 0;
    return mark;
  }
}
