package lazaret.vetting.review.hunk;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import lazaret.vetting.review.hunk.HunkList.RowRun;
import org.jspecify.annotations.Nullable;

/// A reader of the rows of a difference in windows. Not thread-safe.
public final class HunkReader {
  private final HunkList list;
  private final DiffText before;
  private final DiffText after;
  private final int lineChars;
  private final int shownChars;

  /// The edit whose pairs are known, or -1.
  private int pairedEdit = -1;

  private LinePairs pairs;

  /// Creates a reader.
  ///
  /// @param list the hunks of the difference of both texts
  /// @param lineChars the maximum number of displayed characters of a line
  /// @param shownChars the number of displayed characters of a window after which it ends
  public HunkReader(HunkList list, DiffText before, DiffText after, int lineChars, int shownChars) {
    this.list = list;
    this.before = before;
    this.after = after;
    this.lineChars = lineChars;
    this.shownChars = shownChars;
    this.pairs = new LinePairs(before, after);
  }

  /// Returns some rows.
  ///
  /// @param from the index of the first row, from 0; the window is empty beyond the last one
  /// @param limit the maximum number of rows
  public LineWindow read(int from, int limit) {
    List<DiffLine> lines = new ArrayList<>();
    int total = list.rows();
    int at = Math.clamp(from, 0, total);
    int chars = 0;
    while (lines.size() < limit && at < total && chars < shownChars) {
      RowRun run = list.runs().get(list.runOf(at));
      int offset = at - run.firstRow();
      chars += length(run, offset);
      lines.add(line(run, offset));
      at++;
    }
    int first = Math.clamp(from, 0, total);
    int end = at;
    List<HunkRange> hunks =
        list.hunks().stream()
            .filter(hunk -> hunk.firstRow() < end && hunk.firstRow() + hunk.rows() > first)
            .toList();
    return new LineWindow(hunks, first, lines, total);
  }

  /// Returns the equal lines of a range of the new text, as context of the hunks around them. Lines
  /// that are not equal are left out.
  ///
  /// @param from the first line, from 1
  /// @param to the last line
  /// @param limit the maximum number of lines
  public List<DiffLine.Equal> context(int from, int to, int limit) {
    List<DiffLine.Equal> lines = new ArrayList<>();
    int chars = 0;
    int line = Math.max(from, 1) - 1;
    while (line < Math.min(to, list.newLines()) && lines.size() < limit && chars < shownChars) {
      int old = list.oldLine(line);
      if (old >= 0) {
        chars += Math.min(lineChars, after.line(line).length());
        lines.add(new DiffLine.Equal(old + 1, line + 1, parts(after, line, null)));
      }
      line++;
    }
    return lines;
  }

  private int length(RowRun run, int offset) {
    return switch (run.kind()) {
      case EQUAL, ADDED -> Math.min(lineChars, after.line(run.newFrom() + offset).length());
      case REMOVED -> Math.min(lineChars, before.line(run.oldFrom() + offset).length());
      case MOVED -> 0;
    };
  }

  private DiffLine line(RowRun run, int offset) {
    int oldLine = run.oldFrom() + offset;
    int newLine = run.newFrom() + offset;
    return switch (run.kind()) {
      case EQUAL -> new DiffLine.Equal(oldLine + 1, newLine + 1, parts(after, newLine, null));
      case REMOVED -> {
        Integer pair = pairs(run).ofRemoved(oldLine);
        BitSet changed = pair == null ? null : pairs.changes(oldLine, pair).removed();
        yield new DiffLine.Removed(
            oldLine + 1, pair == null ? 0 : pair + 1, parts(before, oldLine, changed));
      }
      case ADDED -> {
        Integer pair = pairs(run).ofAdded(newLine);
        BitSet changed = pair == null ? null : pairs.changes(pair, newLine).added();
        yield new DiffLine.Added(
            newLine + 1, pair == null ? 0 : pair + 1, parts(after, newLine, changed));
      }
      case MOVED -> new DiffLine.Moved(run.oldFrom() + 1, run.newFrom() + 1, run.count());
    };
  }

  /// Returns the pairs of the edit of a run.
  private LinePairs pairs(RowRun run) {
    if (run.edit() != pairedEdit) {
      int first = list.runOf(run.firstRow());
      int last = first;
      while (first > 0 && list.runs().get(first - 1).edit() == run.edit()) {
        first--;
      }
      while (last + 1 < list.runs().size() && list.runs().get(last + 1).edit() == run.edit()) {
        last++;
      }
      List<RowRun> own = list.runs().subList(first, last + 1);
      pairs =
          new LinePairs(before, after)
              .find(lines(own, RowRun.Kind.REMOVED), lines(own, RowRun.Kind.ADDED));
      pairedEdit = run.edit();
    }
    return pairs;
  }

  private static List<Integer> lines(List<RowRun> runs, RowRun.Kind kind) {
    return runs.stream()
        .filter(run -> run.kind() == kind)
        .flatMapToInt(
            run -> {
              int from = kind == RowRun.Kind.REMOVED ? run.oldFrom() : run.newFrom();
              return IntStream.range(from, from + run.count());
            })
        .boxed()
        .toList();
  }

  private List<LinePart> parts(DiffText text, int line, @Nullable BitSet changed) {
    return new LinePartBuilder(text, line, changed).build(lineChars);
  }
}
