package lazaret.cli.report;

import java.util.ArrayList;
import java.util.List;

/// A table of rows below a heading. The last column is wrapped if the terminal is too narrow. The
/// other columns are as wide as their longest cell. Not thread-safe.
public final class TextTable {
  private static final String GAP = "  ";
  private static final int NARROWEST_LAST = 20;

  private final List<List<Cell>> rows = new ArrayList<>();
  private final int columns;

  /// Creates a table.
  ///
  /// @param headings one heading per column
  public TextTable(String... headings) {
    columns = headings.length;
    rows.add(List.of(headings).stream().map(h -> Cell.of(TextStyle.FAINT, h)).toList());
  }

  /// Adds a row.
  ///
  /// @throws IllegalArgumentException if the number of cells is not the number of columns
  public void row(Cell... cells) {
    if (cells.length != columns) {
      throw new IllegalArgumentException(
          "a row of %d cells in a table of %d columns".formatted(cells.length, columns));
    }
    rows.add(List.of(cells));
  }

  /// Returns whether the table has no rows.
  public boolean isEmpty() {
    return rows.size() == 1;
  }

  /// Returns the rows as lines of cells.
  ///
  /// @param width the columns of the terminal; with [Integer#MAX_VALUE] no line is wrapped
  List<List<Cell>> lines(int width) {
    int[] widths = new int[columns];
    for (List<Cell> row : rows) {
      for (int i = 0; i < columns; i++) {
        widths[i] = Math.max(widths[i], row.get(i).width());
      }
    }
    int before = 0;
    for (int i = 0; i < columns - 1; i++) {
      before += widths[i] + GAP.length();
    }
    int last = Math.max(NARROWEST_LAST, width - before);
    List<List<Cell>> lines = new ArrayList<>();
    for (List<Cell> row : rows) {
      layOut(row, widths, last, lines);
    }
    return lines;
  }

  private void layOut(List<Cell> row, int[] widths, int lastWidth, List<List<Cell>> lines) {
    List<String> wrapped = wrap(row.getLast().text(), lastWidth);
    for (int n = 0; n < wrapped.size(); n++) {
      List<Cell> line = new ArrayList<>();
      for (int i = 0; i < columns - 1; i++) {
        Cell cell = n == 0 ? row.get(i) : Cell.of("");
        line.add(cell);
        line.add(Cell.of(" ".repeat(widths[i] - cell.width()) + GAP));
      }
      line.add(new Cell(wrapped.get(n), row.getLast().style()));
      lines.add(trimmed(line));
    }
  }

  /// Removes blank cells at the end, because spaces would wrap on a terminal of exactly that width.
  private static List<Cell> trimmed(List<Cell> line) {
    int end = line.size();
    while (end > 0 && line.get(end - 1).text().isBlank()) {
      end--;
    }
    return line.subList(0, end);
  }

  /// Breaks text at spaces into lines of at most `width` characters. A longer word is a line by
  /// itself.
  static List<String> wrap(String text, int width) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : text.split(" ", -1)) {
      if (!line.isEmpty() && line.length() + 1 + word.length() > width) {
        lines.add(line.toString());
        line.setLength(0);
      } else if (!line.isEmpty()) {
        line.append(' ');
      }
      line.append(word);
    }
    lines.add(line.toString());
    return lines;
  }
}
