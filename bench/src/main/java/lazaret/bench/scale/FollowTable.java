package lazaret.bench.scale;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/// The figures of a [FollowScaleRun] on several stores in Markdown: one row for each figure, and
/// one column for each store.
public final class FollowTable {
  /// The name of the figure of the size of a store on disk, in MB.
  public static final String STORE_MB = "store-mb";

  /// The name of the figure of the mean length of stored findings; [Double#NaN] if it is unknown.
  public static final String FINDINGS_BYTES = "findings-bytes";

  private static final List<Row> ROWS = rows();

  private FollowTable() {}

  /// The figures of one run.
  public interface Figures {
    /// Returns a figure by its name.
    double get(String name);
  }

  /// The figures of one store.
  ///
  /// @param title name of the store
  /// @param figures its figures
  public record Column(String title, Figures figures) {}

  /// A row.
  ///
  /// @param format the form of the figure, for [Double#NaN] an empty cell
  private record Row(String title, String format, ToDoubleFunction<Figures> value) {
    String cell(Figures figures) {
      double found = value.applyAsDouble(figures);
      return Double.isNaN(found) ? "" : String.format(Locale.ROOT, format, found);
    }
  }

  private static List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    rows.add(row("crates", "%,.0f", "crates"));
    rows.add(row("versions", "%,.0f", "versions"));
    rows.add(row("index lines", "%,.0f MB", "lines-mb"));
    rows.add(row("store on disk", "%,.0f MB", STORE_MB));
    rows.add(new Row("store on disk, a version", "%.0f bytes", each(STORE_MB, "versions")));
    rows.add(row("findings, an inspected version", "%,.0f bytes", FINDINGS_BYTES));
    rows.add(row("sums of the dump", "%.1f MB", "sums-mb"));
    rows.add(new Row("sums of the dump, a crate", "%.0f bytes", each("sums-mb", "crates")));
    add(rows, "first walk", "first");
    add(rows, "a day", "day");
    rows.add(row("a day: feeds", "%,.0f", "day-feeds"));
    rows.add(row("a day: largest age", "%.0f min", "day-age-minutes"));
    add(rows, "after 1 hour", "hour");
    add(rows, "after 1 day, without the dump", "outage");
    add(rows, "after 1 day, with the dump", "outage-dump");
    rows.add(row("after 1 day, with the dump: parts of it", "%,.0f", "outage-dump-parts"));
    rows.add(row("after 1 day, with the dump: bytes of it", "%,.0f MB", "outage-dump-dump-mb"));
    rows.add(row("resident memory, peak", "%.0f MB", "peak-mb"));
    rows.add(new Row("time of the run", "%.0f min", f -> f.get("run-seconds") / 60));
    return List.copyOf(rows);
  }

  /// Adds the rows of one phase.
  private static void add(List<Row> rows, String title, String name) {
    rows.add(row(title + ": requests", "%,.0f", name + "-requests"));
    rows.add(row(title + ": received, without the dump", "%,.1f MB", name + "-mb"));
    if (!name.equals("day")) {
      rows.add(row(title + ": crates without a release after 10 min", "%,.0f", name + "-missing"));
      rows.add(row(title + ": until current", "%.2f h", name + "-hours"));
    }
    rows.add(row(title + ": processor time", "%,.0f s", name + "-cpu"));
    rows.add(
        new Row(
            title + ": statements a request",
            "%.1f",
            f ->
                f.get(name + "-statements") == 0
                    ? Double.NaN
                    : f.get(name + "-statements") / f.get(name + "-requests")));
  }

  private static Row row(String title, String format, String name) {
    return new Row(title, format, figures -> figures.get(name));
  }

  private static ToDoubleFunction<Figures> each(String megabytes, String count) {
    return figures -> figures.get(megabytes) * 1e6 / figures.get(count);
  }

  /// Returns the names of the rows, in order.
  public static List<String> titles() {
    return ROWS.stream().map(Row::title).toList();
  }

  /// Returns the table of some stores.
  public static String markdown(List<Column> columns) {
    StringBuilder out = new StringBuilder("| simulation |");
    columns.forEach(column -> out.append(' ').append(column.title()).append(" |"));
    out.append("\n|---|").append("---|".repeat(columns.size())).append('\n');
    for (Row row : ROWS) {
      out.append("| ").append(row.title()).append(" |");
      for (Column column : columns) {
        String cell = row.cell(column.figures());
        out.append(cell.isEmpty() ? "" : " ").append(cell).append(" |");
      }
      out.append('\n');
    }
    return out.toString();
  }
}
