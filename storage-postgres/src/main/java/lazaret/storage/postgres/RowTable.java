package lazaret.storage.postgres;

import java.sql.Array;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import lazaret.storage.postgres.connection.PostgresConnection;
import lazaret.vetting.crates.Sha256;

/// A table whose rows are written by their keys. One statement writes any number of rows.
///
/// @param name the name without the schema
/// @param keys the columns of the key
/// @param values the columns with bytes
record RowTable(String name, List<Column> keys, List<String> values) {
  private static final Column CRATE = new Column("name", ColumnType.TEXT);
  private static final Column VERSION = new Column("version", ColumnType.TEXT);
  private static final Column DIGEST = new Column("sha256", ColumnType.DIGEST);
  private static final Column SEQUENCE = new Column("sequence", ColumnType.NUMBER);
  private static final List<String> RECORD = List.of("record");
  private static final List<String> VALUE = List.of("value");

  static final RowTable FINDINGS = new RowTable("findings", List.of(DIGEST), RECORD);
  static final RowTable REQUESTS = new RowTable("request", List.of(CRATE, VERSION), RECORD);
  static final RowTable TOKENS = new RowTable("token", List.of(DIGEST), RECORD);
  static final RowTable FEEDS = new RowTable("feed", List.of(CRATE), RECORD);
  static final RowTable VERDICTS =
      new RowTable(
          "verdict",
          List.of(
              CRATE,
              VERSION,
              new Column("second", ColumnType.NUMBER),
              new Column("nano", ColumnType.NUMBER)),
          RECORD);
  static final RowTable LOCKFILES = new RowTable("lockfile", List.of(DIGEST), RECORD);
  static final RowTable REMOVED = new RowTable("removed_artifact", List.of(DIGEST), RECORD);
  static final RowTable DESK_ROWS =
      new RowTable(
          "desk_row",
          List.of(new Column("tab", ColumnType.TEXT), new Column("key", ColumnType.TEXT)),
          VALUE);
  static final RowTable META = new RowTable("meta", List.of(CRATE), VALUE);
  static final RowTable SNAPSHOTS = new RowTable("snapshot", List.of(SEQUENCE), RECORD);
  static final RowTable SNAPSHOT_CRATES =
      new RowTable("snapshot_crate", List.of(CRATE, SEQUENCE), List.of("record", "leaf"));

  /// The download log, whose rows have counts in place of records.
  static final RowTable ACCESSES =
      new RowTable(
          "access",
          List.of(
              new Column("day", ColumnType.NUMBER),
              CRATE,
              VERSION,
              DIGEST,
              new Column("token", ColumnType.TEXT),
              new Column("address", ColumnType.TEXT)),
          List.of());

  /// The last uses of artifacts, whose rows have days in place of records.
  static final RowTable USES = new RowTable("artifact_use", List.of(DIGEST), List.of());

  /// The tables with records, in the order in which a commit locks their rows.
  static final List<RowTable> WITH_RECORDS =
      List.of(
          FINDINGS,
          REQUESTS,
          TOKENS,
          FEEDS,
          VERDICTS,
          LOCKFILES,
          REMOVED,
          DESK_ROWS,
          SNAPSHOT_CRATES,
          SNAPSHOTS,
          META);

  /// A column of a key.
  record Column(String name, ColumnType type) {}

  /// The type of a column of a key.
  enum ColumnType {
    TEXT("text[]"),
    NUMBER("bigint[]"),
    DIGEST("bytea[]");

    private final String array;

    ColumnType(String array) {
      this.array = array;
    }
  }

  /// Deletes rows; missing ones are ignored.
  void delete(PostgresConnection connection, Collection<RowKey> rows) throws SQLException {
    if (rows.isEmpty()) {
      return;
    }
    String columns = names(Column::name);
    String same = names(column -> "t." + column.name() + " = k." + column.name(), " AND ");
    int _ =
        connection.update(
            "DELETE FROM lazaret.%s AS t USING unnest(%s) AS k (%s) WHERE %s"
                .formatted(name, names(column -> "?::" + column.type().array), columns, same),
            keyArrays(connection, rows).toArray());
  }

  /// Inserts rows, or replaces the values of those that exist.
  ///
  /// @param rows the values of each column of [#values], by key
  void put(PostgresConnection connection, SortedMap<RowKey, List<byte[]>> rows)
      throws SQLException {
    if (rows.isEmpty()) {
      return;
    }
    List<Object> arrays = new ArrayList<>(keyArrays(connection, rows.keySet()));
    for (int i = 0; i < values.size(); i++) {
      int column = i;
      arrays.add(
          connection.array(
              "bytea", rows.values().stream().map(row -> row.get(column)).toArray(byte[][]::new)));
    }
    String columns = names(Column::name);
    int _ =
        connection.update(
            """
            INSERT INTO lazaret.%s (%s, %s) SELECT * FROM unnest(%s%s)
            ON CONFLICT (%s) DO UPDATE SET %s
            """
                .formatted(
                    name,
                    columns,
                    String.join(", ", values),
                    names(column -> "?::" + column.type().array),
                    ", ?::bytea[]".repeat(values.size()),
                    columns,
                    values.stream()
                        .map(value -> value + " = excluded." + value)
                        .collect(Collectors.joining(", "))),
            arrays.toArray());
  }

  /// Returns the columns of keys as one array for each.
  List<Array> keyArrays(PostgresConnection connection, Collection<RowKey> rows)
      throws SQLException {
    List<Array> arrays = new ArrayList<>();
    for (int i : IntStream.range(0, keys.size()).toArray()) {
      List<Object> column = rows.stream().map(row -> row.parts().get(i)).toList();
      arrays.add(
          switch (keys.get(i).type()) {
            case TEXT -> connection.array("text", column.toArray(String[]::new));
            case NUMBER -> connection.array("int8", column.toArray(Long[]::new));
            case DIGEST -> connection.array("bytea", digests(column));
          });
    }
    return arrays;
  }

  private static byte[][] digests(Collection<?> column) {
    return column.stream().map(digest -> ((Sha256) digest).bytes()).toArray(byte[][]::new);
  }

  /// Returns digests as a parameter.
  static Array digests(PostgresConnection connection, Collection<Sha256> digests)
      throws SQLException {
    return connection.array("bytea", digests(digests));
  }

  private String names(Function<Column, String> form) {
    return names(form, ", ");
  }

  private String names(Function<Column, String> form, String separator) {
    return keys.stream().map(form).collect(Collectors.joining(separator));
  }
}
