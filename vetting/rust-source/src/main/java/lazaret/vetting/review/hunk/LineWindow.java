package lazaret.vetting.review.hunk;

import java.util.List;

/// Some consecutive rows of the difference of a file.
///
/// @param hunks the hunks of the rows, in order
/// @param from the index of the first row, from 0
/// @param lines the rows; fewer than requested at the end, or if they have too many characters
/// @param total the number of rows of the difference
public record LineWindow(List<HunkRange> hunks, int from, List<DiffLine> lines, int total) {
  /// Copies the lists.
  public LineWindow {
    hunks = List.copyOf(hunks);
    lines = List.copyOf(lines);
  }
}
