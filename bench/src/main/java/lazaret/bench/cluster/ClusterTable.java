package lazaret.bench.cluster;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// The figures of several servers in Markdown, a column for each number of servers; 0 is one server
/// on RocksDB. A figure that is added several times is the median. A column has the latency that
/// PostgreSQL adds for one server. Another one has the largest deviation of several servers from
/// one.
final class ClusterTable {
  private static final int MOST_SERVERS = 3;

  /// A number of statements a request below which deviations mean nothing.
  private static final double FEW_STATEMENTS = 0.01;

  private final Map<String, Row> rows = new LinkedHashMap<>();

  private enum Comparison {
    NONE,
    ADDED,
    DEVIATION
  }

  /// A row.
  ///
  /// @param least the figure of one server that is assumed in deviations if it has less
  private record Row(
      String format, Comparison comparison, double least, Map<Integer, List<Double>> figures) {
    Row(String format, Comparison comparison, double least) {
      this(format, comparison, least, new TreeMap<>());
    }

    /// Returns the figure of a number of servers; null if there is none.
    @Nullable Double figure(int servers) {
      List<Double> all = figures.getOrDefault(servers, List.of()).stream().sorted().toList();
      int half = all.size() / 2;
      if (all.isEmpty() || all.size() % 2 == 1) {
        return all.isEmpty() ? null : all.get(half);
      }
      return (all.get(half - 1) + all.get(half)) / 2;
    }

    String cell(int servers) {
      Double value = figure(servers);
      return value == null ? "" : String.format(Locale.ROOT, format, value);
    }

    /// Returns the difference of one server on PostgreSQL and one on RocksDB.
    String added() {
      Double alone = figure(0);
      Double one = figure(1);
      if (comparison != Comparison.ADDED || alone == null || one == null) {
        return "";
      }
      String text = String.format(Locale.ROOT, format, one - alone);
      return text.startsWith("-") ? text : "+" + text;
    }

    /// Returns the largest deviation of several servers from one, in percent.
    String deviation() {
      Double one = figure(1);
      if (comparison != Comparison.DEVIATION || one == null) {
        return "";
      }
      double first = one;
      OptionalDouble largest =
          IntStream.rangeClosed(2, MOST_SERVERS)
              .mapToObj(this::figure)
              .filter(Objects::nonNull)
              .mapToDouble(each -> Math.abs(each - first) / Math.max(first, least))
              .max();
      return largest.isEmpty()
          ? ""
          : String.format(Locale.ROOT, "%.1f %%", 100 * largest.getAsDouble());
    }
  }

  /// Adds a figure that is not compared.
  void figure(String title, int servers, String format, double value) {
    put(title, servers, new Row(format, Comparison.NONE, 0), value);
  }

  /// Adds the latency of a request.
  void latency(String title, int servers, String format, double value) {
    put(title, servers, new Row(format, Comparison.ADDED, 0), value);
  }

  /// Adds the processor time of a request, which the number of servers should not change.
  void processorTime(String title, int servers, String format, double value) {
    put(title, servers, new Row(format, Comparison.DEVIATION, 0), value);
  }

  /// Adds the statements of a request, which the number of servers should not change.
  void statements(String title, int servers, String format, double value) {
    put(title, servers, new Row(format, Comparison.DEVIATION, FEW_STATEMENTS), value);
  }

  private void put(String title, int servers, Row empty, double value) {
    rows.computeIfAbsent(title, _ -> empty)
        .figures()
        .computeIfAbsent(servers, _ -> new ArrayList<>())
        .add(value);
  }

  /// Returns the table, each row on a line.
  String markdown() {
    StringBuilder out = new StringBuilder("| several servers | RocksDB | 1 server |");
    for (int servers = 2; servers <= MOST_SERVERS; servers++) {
      out.append(' ').append(servers).append(" servers |");
    }
    out.append(" added | deviation |\n|").append("---|".repeat(MOST_SERVERS + 4)).append('\n');
    rows.forEach(
        (title, row) -> {
          out.append("| ").append(title).append(" |");
          for (int servers = 0; servers <= MOST_SERVERS; servers++) {
            cell(out, row.cell(servers));
          }
          cell(out, row.added());
          cell(out, row.deviation());
          out.append('\n');
        });
    return out.toString();
  }

  private static void cell(StringBuilder out, String text) {
    out.append(text.isEmpty() ? "" : " ").append(text).append(" |");
  }
}
