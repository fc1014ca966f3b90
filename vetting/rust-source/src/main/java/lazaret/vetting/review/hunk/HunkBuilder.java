package lazaret.vetting.review.hunk;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import lazaret.vetting.review.hunk.HunkList.RowRun;
import lazaret.vetting.review.hunk.HunkList.RowRun.Kind;
import lazaret.vetting.review.hunk.MoveFinder.Move;

/// The division of a difference into hunks with three lines of context (POSIX *diff -u*). An edit
/// that only loses moved lines has no rows. Used once.
final class HunkBuilder {
  private static final int CONTEXT = 3;

  private final List<LineEdit> edits;
  private final List<Move> byOld;
  private final List<Move> byNew;
  private final int newLines;
  private final List<RowRun> runs = new ArrayList<>();
  private final List<HunkRange> hunks = new ArrayList<>();
  private int rows;
  private int nextOld;
  private int nextNew;

  /// @param moves the moved blocks in the order of the new text
  HunkBuilder(List<LineEdit> edits, List<Move> moves, int newLines) {
    this.edits = edits;
    this.byNew = moves;
    this.byOld = moves.stream().sorted(Comparator.comparingInt(Move::oldFrom)).toList();
    this.newLines = newLines;
  }

  /// The runs of one edit.
  private record Piece(LineEdit edit, List<RowRun> runs) {}

  HunkList build() {
    List<Piece> pieces = new ArrayList<>();
    for (int i = 0; i < edits.size(); i++) {
      List<RowRun> own = runs(edits.get(i), i);
      if (!own.isEmpty()) {
        pieces.add(new Piece(edits.get(i), own));
      }
    }
    int first = 0;
    int end = 0;
    while (first < pieces.size()) {
      int last = first;
      while (last + 1 < pieces.size()
          && pieces.get(last + 1).edit().newFrom() - pieces.get(last).edit().newTo()
              <= 2 * CONTEXT) {
        last++;
      }
      int next = last + 1 < pieces.size() ? pieces.get(last + 1).edit().newFrom() : newLines;
      hunk(pieces.subList(first, last + 1), end, next);
      end = pieces.get(last).edit().newTo();
      first = last + 1;
    }
    return new HunkList(runs, hunks, edits, newLines);
  }

  /// Returns the removed lines of an edit, then its added and moved ones.
  private List<RowRun> runs(LineEdit edit, int index) {
    List<RowRun> own = new ArrayList<>();
    int at = edit.oldFrom();
    while (at < edit.oldTo()) {
      Move move = nextOld < byOld.size() ? byOld.get(nextOld) : null;
      int until = move == null ? edit.oldTo() : Math.min(edit.oldTo(), move.oldFrom());
      if (until > at) {
        own.add(new RowRun(Kind.REMOVED, at, edit.newFrom(), until - at, index, 0));
      }
      at = until;
      if (move != null && move.oldFrom() == at && at < edit.oldTo()) {
        at += move.count();
        nextOld++;
      }
    }
    at = edit.newFrom();
    while (at < edit.newTo()) {
      Move move = nextNew < byNew.size() ? byNew.get(nextNew) : null;
      int until = move == null ? edit.newTo() : Math.min(edit.newTo(), move.newFrom());
      if (until > at) {
        own.add(new RowRun(Kind.ADDED, edit.oldTo(), at, until - at, index, 0));
      }
      at = until;
      if (move != null && move.newFrom() == at && at < edit.newTo()) {
        own.add(new RowRun(Kind.MOVED, move.oldFrom(), at, move.count(), index, 0));
        at += move.count();
        nextNew++;
      }
    }
    return own;
  }

  /// Adds a hunk.
  ///
  /// @param end the new line after the previous hunk's last edit
  /// @param next the new line at which the next hunk's first edit begins
  private void hunk(List<Piece> pieces, int end, int next) {
    LineEdit first = pieces.getFirst().edit();
    LineEdit last = pieces.getLast().edit();
    int from = Math.max(end, first.newFrom() - CONTEXT);
    int firstRun = runs.size();
    int firstRow = rows;
    int at = from;
    for (Piece piece : pieces) {
      equal(at, piece.edit().newFrom());
      piece.runs().forEach(this::add);
      at = piece.edit().newTo();
    }
    equal(at, Math.min(next, last.newTo() + CONTEXT));
    List<RowRun> own = runs.subList(firstRun, runs.size());
    int oldCount = own.stream().mapToInt(RowRun::oldLines).sum();
    int newCount = own.stream().mapToInt(RowRun::newLines).sum();
    int changed = own.stream().mapToInt(RowRun::changed).sum();
    RowRun start = own.getFirst();
    int oldFrom = start.kind() == Kind.MOVED ? first.oldFrom() : start.oldFrom();
    hunks.add(
        new HunkRange(
            hunks.size() + 1,
            oldCount == 0 ? oldFrom : oldFrom + 1,
            oldCount,
            newCount == 0 ? from : from + 1,
            newCount,
            changed,
            firstRow,
            rows - firstRow));
  }

  /// Adds equal lines of the new text. Edits without rows between them separate runs, because old
  /// and new lines have another distance after each.
  private void equal(int from, int to) {
    int at = from;
    while (at < to) {
      int last = HunkList.lastBefore(edits, at);
      int old = last < 0 ? at : at - edits.get(last).newTo() + edits.get(last).oldTo();
      int until = last + 1 < edits.size() ? Math.min(to, edits.get(last + 1).newFrom()) : to;
      add(new RowRun(Kind.EQUAL, old, at, until - at, -1, 0));
      at = until;
    }
  }

  private void add(RowRun run) {
    runs.add(new RowRun(run.kind(), run.oldFrom(), run.newFrom(), run.count(), run.edit(), rows));
    rows += run.rows();
  }
}
