package lazaret.storage.postgres;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import lazaret.storage.postgres.connection.PostgresConnection;
import lazaret.vetting.gate.store.BatchCondition.CrateAt;
import org.jspecify.annotations.Nullable;

/// The writes of one batch to rows of crates, with the conditions on their revisions. A condition
/// is part of the statement that changes the row. The database compares it with the newest row,
/// after it has waited for other commits.
final class CrateWrites {
  private final SortedMap<String, Row> rows = new TreeMap<>();

  /// The change of one row.
  private static final class Row {
    private final SortedMap<String, byte[]> columns = new TreeMap<>();
    private boolean changed;
    private @Nullable CrateAt condition;
  }

  /// A statement on one row.
  private record Change(String sql, List<Object> parameters, @Nullable CrateAt condition) {}

  private Row row(String name) {
    return rows.computeIfAbsent(name, _ -> new Row());
  }

  /// Sets a column.
  ///
  /// @param name the collision key
  void put(String name, String column, byte[] value) {
    row(name).columns.put(column, value);
  }

  /// Demands a new revision, because verdicts rest on the change.
  ///
  /// @param name the collision key
  void change(String name) {
    row(name).changed = true;
  }

  /// Adds a condition.
  void require(CrateAt condition) {
    row(condition.name().collisionKey()).condition = condition;
  }

  /// Writes the rows in the order of their names.
  ///
  /// @param revisions gives revisions that no row ever had
  /// @throws lazaret.vetting.gate.store.StoreException with code `store-conflict` if a condition
  ///   does not hold
  void write(PostgresConnection connection, LongSupplier revisions) throws SQLException {
    List<Change> together = new ArrayList<>();
    for (Map.Entry<String, Row> entry : rows.entrySet()) {
      Change next = change(entry.getKey(), entry.getValue(), revisions);
      if (!together.isEmpty() && !together.getLast().sql().equals(next.sql())) {
        execute(connection, together);
        together.clear();
      }
      together.add(next);
    }
    execute(connection, together);
  }

  private static void execute(PostgresConnection connection, List<Change> together)
      throws SQLException {
    if (together.isEmpty()) {
      return;
    }
    int[] counts =
        connection.updateAll(
            together.getFirst().sql(), together.stream().map(Change::parameters).toList());
    for (int i = 0; i < counts.length; i++) {
      CrateAt condition = together.get(i).condition();
      if (counts[i] == 0 && condition != null) {
        throw condition.refusal();
      }
    }
  }

  private static Change change(String name, Row row, LongSupplier revisions) {
    CrateAt condition = row.condition;
    if (condition == null) {
      return inserted(name, row, row.changed ? revisions.getAsLong() : null, null);
    }
    long next = row.changed && !condition.changes() ? revisions.getAsLong() : condition.next();
    return condition.revision() == 0
        ? inserted(name, row, next, condition)
        : updated(name, row, next, condition);
  }

  private static Change updated(String name, Row row, long next, CrateAt condition) {
    String columns =
        row.columns.keySet().stream()
            .map(column -> ", " + column + " = ?")
            .collect(Collectors.joining());
    List<Object> parameters = new ArrayList<>();
    parameters.add(next);
    parameters.addAll(row.columns.values());
    parameters.add(name);
    parameters.add(condition.revision());
    return new Change(
        "UPDATE lazaret.crate SET revision = ?%s WHERE name = ? AND revision = ?"
            .formatted(columns),
        parameters,
        condition);
  }

  /// Returns the statement for a row that need not exist. A row that exists without a revision has
  /// the number 0, too.
  ///
  /// @param next the next revision; null if it stays
  private static Change inserted(
      String name, Row row, @Nullable Long next, @Nullable CrateAt condition) {
    List<String> replaced = new ArrayList<>(row.columns.keySet());
    if (next != null) {
      replaced.add("revision");
    }
    List<Object> parameters = new ArrayList<>();
    parameters.add(name);
    parameters.add(next == null ? 0L : next);
    parameters.addAll(row.columns.values());
    return new Change(
        """
        INSERT INTO lazaret.crate AS c (name, revision%s) VALUES (?, ?%s)
        ON CONFLICT (name) DO UPDATE SET %s%s
        """
            .formatted(
                row.columns.keySet().stream()
                    .map(column -> ", " + column)
                    .collect(Collectors.joining()),
                ", ?".repeat(row.columns.size()),
                replaced.stream()
                    .map(column -> column + " = excluded." + column)
                    .collect(Collectors.joining(", ")),
                condition == null ? "" : " WHERE c.revision = 0"),
        parameters,
        condition);
  }
}
