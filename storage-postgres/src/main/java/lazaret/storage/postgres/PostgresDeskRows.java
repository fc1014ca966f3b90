package lazaret.storage.postgres;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import lazaret.storage.postgres.connection.PostgresConnections;
import lazaret.storage.postgres.connection.RowQuery;
import lazaret.storage.record.MetaCodec;
import lazaret.vetting.Bytes;
import lazaret.vetting.gate.store.DeskRow;
import lazaret.vetting.gate.store.DeskRows;
import lazaret.vetting.gate.store.DeskTable;

/// The tables of the desk in one table of the database.
///
/// @param connections the connections of the store
record PostgresDeskRows(PostgresConnections connections) implements DeskRows {
  /// The last code point. Texts that begin with another text are less than that text with it.
  private static final String LAST = Character.toString(Character.MAX_CODE_POINT);

  private static final int PAGE = 200;

  @Override
  public Optional<Bytes> find(DeskTable table, String key) {
    return connections
        .read(
            connection ->
                connection.find(
                    "SELECT value FROM lazaret.desk_row WHERE tab = ? AND key = ?",
                    row -> row.getBytes(1),
                    table.code(),
                    key))
        .map(MetaCodec::decode);
  }

  @Override
  public Stream<DeskRow> list(DeskTable table, String prefix) {
    return connections.stream(
            new RowQuery<>(
                "SELECT key, value FROM lazaret.desk_row WHERE tab = ? AND key >= ? AND key < ?"
                    + " ORDER BY key",
                PAGE,
                row -> new Encoded(row.getString(1), row.getBytes(2)),
                List.of(table.code(), prefix, prefix + LAST)))
        .map(row -> new DeskRow(table, row.key(), MetaCodec.decode(row.value())));
  }

  /// A row as it is stored.
  @SuppressWarnings("ArrayRecordComponent") // decoded at once, never compared
  private record Encoded(String key, byte[] value) {}
}
