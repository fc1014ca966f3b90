package lazaret.vetting.review.hunk;

import java.util.ArrayList;
import java.util.List;

/// The hunks and rows of the difference of two texts, without their content. Immutable; a few dozen
/// bytes for each edit.
public final class HunkList {
  private final List<RowRun> runs;
  private final List<HunkRange> hunks;
  private final List<LineEdit> edits;
  private final int newLines;

  HunkList(List<RowRun> runs, List<HunkRange> hunks, List<LineEdit> edits, int newLines) {
    this.runs = List.copyOf(runs);
    this.hunks = List.copyOf(hunks);
    this.edits = List.copyOf(edits);
    this.newLines = newLines;
  }

  /// A run of rows of one kind. Lines are counted from 0.
  ///
  /// @param kind the kind of its rows
  /// @param oldFrom the first line of the old text; that before which the rows are if they have
  ///   none
  /// @param newFrom the first line of the new text; that before which the rows are if they have
  ///   none
  /// @param count the number of lines
  /// @param edit the index of the edit; -1 for equal lines
  /// @param firstRow the index of its first row
  record RowRun(Kind kind, int oldFrom, int newFrom, int count, int edit, int firstRow) {
    /// The kinds of rows.
    enum Kind {
      EQUAL,
      REMOVED,
      ADDED,
      MOVED
    }

    /// Returns the number of rows.
    int rows() {
      return kind == Kind.MOVED ? 1 : count;
    }

    /// Returns the number of lines of the old text at this place.
    int oldLines() {
      return kind == Kind.EQUAL || kind == Kind.REMOVED ? count : 0;
    }

    /// Returns the number of lines of the new text.
    int newLines() {
      return kind == Kind.REMOVED ? 0 : count;
    }

    /// Returns the number of lines that a reviewer must read.
    int changed() {
      return kind == Kind.REMOVED || kind == Kind.ADDED ? count : 0;
    }
  }

  /// Divides a difference into hunks.
  ///
  /// @param before the old lines ; a last line without a line feed differs from one with it
  /// @param after the new lines in the same form
  /// @param edits the edits in order, none of which touches the next
  public static HunkList of(List<String> before, List<String> after, List<LineEdit> edits) {
    return new HunkBuilder(edits, new MoveFinder(before, after, edits).find(), after.size())
        .build();
  }

  /// Returns one hunk of all lines of an unchanged text, for a file that runs in a more dangerous
  /// place than before.
  public static HunkList whole(int lines) {
    if (lines == 0) {
      return new HunkList(List.of(), List.of(), List.of(), 0);
    }
    return new HunkList(
        List.of(new RowRun(RowRun.Kind.EQUAL, 0, 0, lines, -1, 0)),
        List.of(new HunkRange(1, 1, lines, 1, lines, 0, 0, lines)),
        List.of(),
        lines);
  }

  /// Returns the hunks in order.
  public List<HunkRange> hunks() {
    return hunks;
  }

  /// Returns the added and the removed lines of a hunk, without moved ones. Each edit concerns
  /// lines of one text alone.
  public List<LineEdit> changes(HunkRange hunk) {
    List<LineEdit> changes = new ArrayList<>();
    int end = hunk.firstRow() + hunk.rows();
    for (int i = runs.isEmpty() ? 0 : runOf(hunk.firstRow()); i < runs.size(); i++) {
      RowRun run = runs.get(i);
      if (run.firstRow() >= end) {
        break;
      }
      if (run.changed() > 0 && run.firstRow() >= hunk.firstRow()) {
        changes.add(edit(run));
      }
    }
    return changes;
  }

  private static LineEdit edit(RowRun run) {
    int oldTo = run.oldFrom() + (run.kind() == RowRun.Kind.REMOVED ? run.count() : 0);
    int newTo = run.newFrom() + (run.kind() == RowRun.Kind.ADDED ? run.count() : 0);
    return new LineEdit(run.oldFrom(), oldTo, run.newFrom(), newTo);
  }

  /// Returns the number of rows of all hunks.
  public int rows() {
    return hunks.isEmpty() ? 0 : hunks.getLast().firstRow() + hunks.getLast().rows();
  }

  /// Returns the number of added lines, without moved ones.
  public long insertions() {
    return count(RowRun.Kind.ADDED);
  }

  /// Returns the number of removed lines, without moved ones.
  public long deletions() {
    return count(RowRun.Kind.REMOVED);
  }

  /// Returns the number of lines that were moved without change.
  public long moved() {
    return count(RowRun.Kind.MOVED);
  }

  private long count(RowRun.Kind kind) {
    return runs.stream().filter(run -> run.kind() == kind).mapToLong(RowRun::count).sum();
  }

  List<RowRun> runs() {
    return runs;
  }

  int newLines() {
    return newLines;
  }

  /// Returns the index of the run with a row.
  int runOf(int row) {
    int low = 0;
    int high = runs.size() - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (runs.get(middle).firstRow() <= row) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }

  /// Returns the line of the old text that equals a line of the new text, or -1 if the line is part
  /// of an edit. Lines are counted from 0.
  int oldLine(int newLine) {
    int last = lastBefore(edits, newLine);
    LineEdit next = last + 1 < edits.size() ? edits.get(last + 1) : null;
    if (next != null && next.newFrom() <= newLine) {
      return -1;
    }
    return last < 0 ? newLine : newLine - edits.get(last).newTo() + edits.get(last).oldTo();
  }

  /// Returns the index of the last edit that ends before a line of the new text, or -1 if there is
  /// none.
  static int lastBefore(List<LineEdit> edits, int newLine) {
    int low = -1;
    int high = edits.size() - 1;
    while (low < high) {
      int middle = (low + high + 1) >> 1;
      if (edits.get(middle).newTo() <= newLine) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }
}
