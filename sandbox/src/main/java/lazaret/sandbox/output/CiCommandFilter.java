package lazaret.sandbox.output;

/// A detector of text that CI services interpret as a command, one character at a time.
///
/// GitHub's runner reads a line that begins with `::name` after optional blanks. It and Azure's
/// runner read `##[name]` and `##vso[name]` anywhere, and TeamCity reads `##teamcity[name]`.
/// rustc's `::: src/lib.rs` is not a command.
final class CiCommandFilter {
  private static final int MOST_LETTERS = 16;

  /// The number of colons at the start of the line so far.
  private int colons;

  private boolean started;
  private int hashes;
  private int letters;

  /// Returns whether a backslash must precede this character.
  boolean breaksAt(int c) {
    if (c == '\n') {
      colons = 0;
      started = false;
      hashes = 0;
      return false;
    }
    boolean command = isCommand(c);
    boolean mark = isCommandMark(c);
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

  private boolean isCommandMark(int c) {
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
