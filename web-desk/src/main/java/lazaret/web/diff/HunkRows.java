package lazaret.web.diff;

import java.util.ArrayList;
import java.util.List;
import lazaret.vetting.deskapi.diff.DiffLineInfo;
import lazaret.web.page.PageTime;

/// The rows of a page for the rows of a difference, in unified or split view, with findings in
/// front of their lines. Immutable.
///
/// @param file the file
/// @param split whether both versions are next to each other
/// @param findings the findings
/// @param time the form of numbers
record HunkRows(ReviewFile file, boolean split, FindingTable findings, PageTime time) {
  /// Returns the rows of the page.
  ///
  /// @param lines the rows of the difference
  List<RowView> of(List<DiffLineInfo> lines) {
    List<RowView> rows = new ArrayList<>();
    if (split) {
      addPairs(rows, lines);
    } else {
      lines.forEach(line -> add(rows, line));
    }
    return rows;
  }

  private void add(List<RowView> rows, DiffLineInfo line) {
    switch (line) {
      case DiffLineInfo.Equal equal -> {
        addFindings(rows, equal.newLine());
        rows.add(
            new RowView.Line(
                null,
                id(equal.newLine()),
                String.valueOf(equal.oldLine()),
                String.valueOf(equal.newLine()),
                "",
                code(equal)));
      }
      case DiffLineInfo.Removed removed ->
          rows.add(
              new RowView.Line(
                  "del", null, String.valueOf(removed.oldLine()), "", "-", code(removed)));
      case DiffLineInfo.Added added -> {
        addFindings(rows, added.newLine());
        rows.add(
            new RowView.Line(
                "add", id(added.newLine()), "", String.valueOf(added.newLine()), "+", code(added)));
      }
      case DiffLineInfo.Moved moved -> addMoved(rows, moved);
    }
  }

  private void addMoved(List<RowView> rows, DiffLineInfo.Moved moved) {
    for (int line = moved.newLine(); line < moved.newLine() + moved.count(); line++) {
      addFindings(rows, line);
    }
    String words =
        "moved from line %s to %s, %s, equal"
            .formatted(
                time.number(moved.oldLine()),
                time.number(moved.newLine()),
                time.plural(moved.count(), "line"));
    rows.add(
        new RowView.Moved(String.valueOf(moved.oldLine()), String.valueOf(moved.newLine()), words));
  }

  private void addFindings(List<RowView> rows, int line) {
    rows.addAll(findings.rows(file, line));
  }

  private String id(int line) {
    return file.id() + "-" + line;
  }

  private static List<CodeRunView> code(DiffLineInfo.Equal line) {
    return CodeRunView.of(line.parts(), false, line.unended());
  }

  private static List<CodeRunView> code(DiffLineInfo.Removed line) {
    return CodeRunView.of(line.parts(), line.paired() > 0, line.unended());
  }

  private static List<CodeRunView> code(DiffLineInfo.Added line) {
    return CodeRunView.of(line.parts(), line.paired() > 0, line.unended());
  }

  private void addPairs(List<RowView> rows, List<DiffLineInfo> lines) {
    List<DiffLineInfo.Removed> removed = new ArrayList<>();
    List<DiffLineInfo.Added> added = new ArrayList<>();
    for (DiffLineInfo line : lines) {
      switch (line) {
        case DiffLineInfo.Removed one -> removed.add(one);
        case DiffLineInfo.Added one -> added.add(one);
        case DiffLineInfo.Equal equal -> {
          flush(rows, removed, added);
          addFindings(rows, equal.newLine());
          List<CodeRunView> code = code(equal);
          rows.add(
              new RowView.Pair(
                  id(equal.newLine()),
                  new RowView.Half("", String.valueOf(equal.oldLine()), code),
                  new RowView.Half("", String.valueOf(equal.newLine()), code)));
        }
        case DiffLineInfo.Moved moved -> {
          flush(rows, removed, added);
          addMoved(rows, moved);
        }
      }
    }
    flush(rows, removed, added);
  }

  /// Adds removed and added lines, similar ones next to each other.
  private void flush(
      List<RowView> rows, List<DiffLineInfo.Removed> removed, List<DiffLineInfo.Added> added) {
    int i = 0;
    int j = 0;
    while (i < removed.size() || j < added.size()) {
      DiffLineInfo.Removed was = i < removed.size() ? removed.get(i) : null;
      DiffLineInfo.Added now = j < added.size() ? added.get(j) : null;
      boolean together =
          was != null
              && now != null
              && (was.paired() == now.newLine() || (was.paired() == 0 && now.paired() == 0));
      boolean left = together || now == null || (was != null && now.paired() != 0);
      boolean right = together || !left;
      if (right && now != null) {
        addFindings(rows, now.newLine());
      }
      rows.add(
          new RowView.Pair(
              right && now != null ? id(now.newLine()) : null,
              left && was != null ? half(was) : RowView.Half.NONE,
              right && now != null ? half(now) : RowView.Half.NONE));
      i += left ? 1 : 0;
      j += right ? 1 : 0;
    }
    removed.clear();
    added.clear();
  }

  private static RowView.Half half(DiffLineInfo.Removed line) {
    return new RowView.Half("del", String.valueOf(line.oldLine()), code(line));
  }

  private static RowView.Half half(DiffLineInfo.Added line) {
    return new RowView.Half("add", String.valueOf(line.newLine()), code(line));
  }
}
