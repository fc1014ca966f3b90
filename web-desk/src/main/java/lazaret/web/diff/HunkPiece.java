package lazaret.web.diff;

import java.util.ArrayList;
import java.util.List;
import lazaret.vetting.deskapi.diff.DiffHunkInfo;
import lazaret.vetting.deskapi.diff.DiffLineInfo;
import lazaret.vetting.deskapi.diff.DiffPartInfo;
import lazaret.vetting.deskapi.reading.LineRangeInfo;
import lazaret.vetting.deskapi.reading.ReadFileInfo;

/// A hunk, or the piece of a long hunk that one element of a page shows.
///
/// @param hunk the hunk
/// @param number the number of the piece, from 1
/// @param rows the rows that are known
record HunkPiece(DiffHunkInfo hunk, int number, List<DiffLineInfo> rows) {
  HunkPiece {
    rows = List.copyOf(rows);
  }

  /// Returns the pieces of a window in order. The first and the last one can be incomplete.
  static List<HunkPiece> of(RowWindow window) {
    List<HunkPiece> pieces = new ArrayList<>();
    int row = window.from();
    int end = window.from() + window.rows().size();
    while (row < end) {
      DiffHunkInfo hunk = window.hunk(row);
      int piece = (row - hunk.firstRow()) / HunkId.ROWS + 1;
      int next = Math.min(hunk.firstRow() + Math.min(piece * HunkId.ROWS, hunk.rows()), end);
      pieces.add(
          new HunkPiece(
              hunk, piece, window.rows().subList(row - window.from(), next - window.from())));
      row = next;
    }
    return pieces;
  }

  /// Returns the index of the first row of the piece in the file.
  int firstRow() {
    return hunk.firstRow() + (number - 1) * HunkId.ROWS;
  }

  /// Returns whether all rows of the piece are known.
  boolean isComplete() {
    return rows.size() == Math.min(HunkId.ROWS, hunk.firstRow() + hunk.rows() - firstRow());
  }

  /// Returns the number of changed lines: all lines of a file whose content did not change, but its
  /// role.
  long changed(ReviewFile file) {
    return switch (file.info().change()) {
      case MOVED, ROLE -> rows.size();
      case ADDED, REMOVED, CHANGED, EQUAL ->
          rows.stream()
              .filter(
                  row -> row instanceof DiffLineInfo.Added || row instanceof DiffLineInfo.Removed)
              .count();
    };
  }

  /// Returns the first added line; 0 if there is none.
  int firstAdded() {
    return rows.stream()
        .filter(DiffLineInfo.Added.class::isInstance)
        .map(DiffLineInfo.Added.class::cast)
        .mapToInt(DiffLineInfo.Added::newLine)
        .findFirst()
        .orElse(0);
  }

  /// Returns whether the lines to read that are shown as a whole are among those that a person
  /// marked in the file. There is at least one, unless no line must be read.
  boolean isMarked(ReviewFile file, ReadFileInfo marked) {
    boolean own = file.info().content().after() == null;
    return !cut(file).all()
        && rows.stream()
            .filter(row -> mustRead(file, row) && !isCut(row))
            .allMatch(
                row ->
                    switch (row) {
                      case DiffLineInfo.Equal equal -> has(marked.after(), equal.newLine());
                      case DiffLineInfo.Added added -> has(marked.after(), added.newLine());
                      case DiffLineInfo.Removed removed ->
                          has(own ? marked.after() : marked.before(), removed.oldLine());
                      case DiffLineInfo.Moved _ -> true;
                    });
  }

  /// Returns the lines to read that are not shown as a whole.
  private HunkLines.CutLines cut(ReviewFile file) {
    List<Integer> old = new ArrayList<>();
    List<Integer> now = new ArrayList<>();
    boolean all = true;
    for (DiffLineInfo row : rows) {
      if (mustRead(file, row)) {
        all &= isCut(row);
        if (isCut(row)) {
          switch (row) {
            case DiffLineInfo.Equal equal -> now.add(equal.newLine());
            case DiffLineInfo.Added added -> now.add(added.newLine());
            case DiffLineInfo.Removed removed -> old.add(removed.oldLine());
            case DiffLineInfo.Moved _ -> {}
          }
        }
      }
    }
    return old.isEmpty() && now.isEmpty()
        ? HunkLines.CutLines.NONE
        : new HunkLines.CutLines(
            old.stream().sorted().toList(), now.stream().sorted().toList(), all);
  }

  private static boolean mustRead(ReviewFile file, DiffLineInfo row) {
    return switch (row) {
      case DiffLineInfo.Equal _ ->
          switch (file.info().change()) {
            case MOVED, ROLE -> true;
            case ADDED, REMOVED, CHANGED, EQUAL -> false;
          };
      case DiffLineInfo.Added _, DiffLineInfo.Removed _ -> true;
      case DiffLineInfo.Moved _ -> false;
    };
  }

  private static boolean isCut(DiffLineInfo row) {
    List<DiffPartInfo> parts =
        switch (row) {
          case DiffLineInfo.Equal equal -> equal.parts();
          case DiffLineInfo.Added added -> added.parts();
          case DiffLineInfo.Removed removed -> removed.parts();
          case DiffLineInfo.Moved _ -> List.of();
        };
    return parts.stream().anyMatch(DiffPartInfo.Cut.class::isInstance);
  }

  private static boolean has(List<LineRangeInfo> ranges, int line) {
    return ranges.stream().anyMatch(range -> range.first() <= line && line <= range.last());
  }

  /// Returns the lines of the piece.
  HunkLines lines(ReviewFile file) {
    Bounds old = new Bounds(hunk.oldCount() == 0 ? hunk.oldFrom() : hunk.oldFrom() - 1);
    Bounds now = new Bounds(hunk.newCount() == 0 ? hunk.newFrom() : hunk.newFrom() - 1);
    for (DiffLineInfo row : rows) {
      switch (row) {
        case DiffLineInfo.Equal equal -> {
          old.add(equal.oldLine(), 1);
          now.add(equal.newLine(), 1);
        }
        case DiffLineInfo.Removed removed -> old.add(removed.oldLine(), 1);
        case DiffLineInfo.Added added -> now.add(added.newLine(), 1);
        case DiffLineInfo.Moved moved -> now.add(moved.newLine(), moved.count());
      }
    }
    return new HunkLines(
        file.info().path(),
        hunk.number(),
        hunk.rows() <= HunkId.ROWS,
        old.lines(),
        now.lines(),
        cut(file));
  }

  /// The first and last line of one side.
  private static final class Bounds {
    private final int before;
    private int from;
    private int to;

    Bounds(int before) {
      this.before = before;
    }

    void add(int line, int count) {
      from = from == 0 ? line : Math.min(from, line);
      to = Math.max(to, line + count - 1);
    }

    HunkLines.Lines lines() {
      return from == 0 ? new HunkLines.Lines(before + 1, before) : new HunkLines.Lines(from, to);
    }
  }
}
