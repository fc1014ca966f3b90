package lazaret.cli.report;

import java.util.ArrayList;
import java.util.List;

/// Rows under a heading. The last column is wrapped where a terminal is too narrow; the others are
/// as wide as they must be. Not thread-safe.
public final class Table {
  private static final String GAP = "  ";
  private static final int NARROWEST_LAST = 20;

  private final List<List<Cell>> rows = new ArrayList<>();
  private final int columns;

  /// Starts a table.
  ///
  /// @param headings one per column
  public Table(String... headings) {
    columns = headings.length;
    rows.add(List.of(headings).stream().map(h -> Cell.of(Style.FAINT, h)).toList());
  }

  /// Adds a row.
  ///
  /// @throws IllegalArgumentException if it has not one cell per column
  public void row(Cell... cells) {
    if (cells.length != columns) {
      throw new IllegalArgumentException(
          "a row of %d cells in a table of %d columns".formatted(cells.length, columns));
    }
    rows.add(List.of(cells));
  }

  /// Tells whether no row was added.
  public boolean isEmpty() {
    return rows.size() == 1;
  }

  /// Lays the rows out.
  ///
  /// @param width columns of the terminal; [Integer#MAX_VALUE] wraps nothing
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

  /// No line ends in spaces: they would wrap on a terminal that is exactly as wide.
  private static List<Cell> trimmed(List<Cell> line) {
    int end = line.size();
    while (end > 0 && line.get(end - 1).text().isBlank()) {
      end--;
    }
    return line.subList(0, end);
  }

  /// Breaks text at spaces into lines of at most so many characters; a longer word stands alone.
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
