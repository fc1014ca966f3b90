package lazaret.web.diff;

import java.util.List;

/// The lines of a hunk, or of a piece of a long one. A side without lines has the last line before
/// the first one.
///
/// @param path the path of the file
/// @param number the number of the hunk in its file, from 1; 0 for the only hunk of a file without
///   lines
/// @param whole whether the hunk is shown as one piece
/// @param old the lines of the base
/// @param now the lines of the reviewed version
/// @param cut the lines to read that are not shown as a whole
public record HunkLines(
    String path, int number, boolean whole, Lines old, Lines now, CutLines cut) {
  /// Adjacent lines.
  ///
  /// @param from the first line, from 1
  /// @param to the last line
  public record Lines(int from, int to) {
    /// Returns whether there is none.
    boolean isEmpty() {
      return to < from;
    }
  }

  /// The lines to read that are too long to be shown as a whole. A mark leaves them out.
  ///
  /// @param old the lines of the base, ascending
  /// @param now the lines of the reviewed version, ascending
  /// @param all whether no line to read is shown as a whole
  public record CutLines(List<Integer> old, List<Integer> now, boolean all) {
    /// No line is cut.
    static final CutLines NONE = new CutLines(List.of(), List.of(), false);

    public CutLines {
      old = List.copyOf(old);
      now = List.copyOf(now);
    }

    /// Returns whether there is none.
    boolean isEmpty() {
      return old.isEmpty() && now.isEmpty();
    }
  }

  /// Returns the lines as a clause: `Lines 355-376`, `Line 8`, `Removed after line 12`.
  public String words() {
    if (now.isEmpty()) {
      return "Removed after line " + now.to();
    }
    return now.from() == now.to()
        ? "Line " + now.from()
        : "Lines %d-%d".formatted(now.from(), now.to());
  }
}
