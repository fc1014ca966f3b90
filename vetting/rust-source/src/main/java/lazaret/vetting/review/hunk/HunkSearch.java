package lazaret.vetting.review.hunk;

import java.util.ArrayList;
import java.util.List;
import lazaret.vetting.review.hunk.HunkList.RowRun;

/// The search for a text in the rows of a difference: changed lines, the equal lines around them,
/// and the lines of moved blocks. Letters match in both cases. The cost is linear in the characters
/// of the rows for each character of the text. Immutable.
///
/// @param list the hunks of the difference of both texts
/// @param before the old lines
/// @param after the new lines
public record HunkSearch(HunkList list, List<String> before, List<String> after) {
  /// Returns the lines that contain a text, in the order of the rows.
  ///
  /// @param words the text, not empty
  /// @param limit the maximum number of lines
  public List<FoundLine> find(String words, int limit) {
    List<FoundLine> found = new ArrayList<>();
    int hunk = 0;
    for (RowRun run : list.runs()) {
      while (isAfter(list.hunks().get(hunk), run)) {
        hunk++;
      }
      for (int i = 0; i < run.count() && found.size() < limit; i++) {
        String line = line(run, i);
        if (contains(line, words)) {
          found.add(found(list.hunks().get(hunk), run, i, line));
        }
      }
    }
    return found;
  }

  private static boolean isAfter(HunkRange hunk, RowRun run) {
    return hunk.firstRow() + hunk.rows() <= run.firstRow();
  }

  private String line(RowRun run, int offset) {
    return run.kind() == RowRun.Kind.REMOVED
        ? before.get(run.oldFrom() + offset)
        : after.get(run.newFrom() + offset);
  }

  private static FoundLine found(HunkRange hunk, RowRun run, int offset, String line) {
    boolean moved = run.kind() == RowRun.Kind.MOVED;
    return new FoundLine(
        hunk.number(),
        hunk.firstRow(),
        run.firstRow() + (moved ? 0 : offset),
        moved,
        run.kind() == RowRun.Kind.ADDED ? 0 : run.oldFrom() + offset + 1,
        run.kind() == RowRun.Kind.REMOVED ? 0 : run.newFrom() + offset + 1,
        line);
  }

  /// Returns the index at which a line contains a text without regard to the case; -1 if it does
  /// not.
  ///
  /// @param words the text, not empty
  public static int indexOf(String line, String words) {
    for (int at = 0; at <= line.length() - words.length(); at++) {
      if (line.regionMatches(true, at, words, 0, words.length())) {
        return at;
      }
    }
    return -1;
  }

  private static boolean contains(String line, String words) {
    return indexOf(line, words) >= 0;
  }
}
