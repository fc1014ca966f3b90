package lazaret.bench.speed;

import java.util.ArrayList;
import java.util.List;

/// The table of speed in Markdown, from the results of several runs. Every row is in it, also those
/// without a result.
public final class SpeedTable {
  private static final List<String> HEAD =
      List.of("row", "reference", "Lazaret", "ratio", "target", "spread", "result");

  private final List<RowSummary> rows;

  /// Creates the table of several runs.
  ///
  /// @param runs the results of each run
  public SpeedTable(List<List<RowResult>> runs) {
    List<RowSummary> summaries = new ArrayList<>();
    for (SpeedRow row : SpeedRow.values()) {
      List<RowResult> results =
          runs.stream().flatMap(List::stream).filter(result -> result.row() == row).toList();
      summaries.add(RowSummary.of(row, results, runs.size()));
    }
    this.rows = List.copyOf(summaries);
  }

  /// Returns the table, each row on a line.
  public String markdown() {
    StringBuilder out = new StringBuilder();
    line(out, HEAD);
    out.append("|").append("---|".repeat(HEAD.size())).append('\n');
    rows.forEach(row -> line(out, row.cells()));
    return out.toString();
  }

  private static void line(StringBuilder out, List<String> cells) {
    cells.forEach(cell -> out.append("| ").append(cell).append(cell.isEmpty() ? "" : " "));
    out.append("|\n");
  }
}
