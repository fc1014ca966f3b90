package lazaret.storage.postgres;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import lazaret.storage.postgres.connection.PostgresConnection;
import lazaret.vetting.gate.store.DownloadRecord;

/// The writes of one batch to the download log. Counts of one key are added.
final class AccessWrites {
  private static final String ADD =
      """
      INSERT INTO lazaret.access AS a
        (day, name, version, sha256, token, address, published, count)
      SELECT * FROM unnest(?::bigint[], ?::text[], ?::text[], ?::bytea[], ?::text[], ?::text[],
        ?::text[], ?::bigint[])
      ON CONFLICT (day, name, version, sha256, token, address) DO UPDATE
        SET published = excluded.published, count = a.count + excluded.count
      """;

  private final SortedMap<RowKey, DownloadRecord> adds = new TreeMap<>();
  private final SortedSet<RowKey> drops = new TreeSet<>();

  void add(DownloadRecord access) {
    DownloadRecord _ =
        adds.merge(
            RowKey.access(access),
            access,
            (before, more) ->
                new DownloadRecord(
                    more.day(),
                    more.id(),
                    more.token(),
                    more.address(),
                    Math.addExact(before.count(), more.count())));
  }

  void drop(DownloadRecord access) {
    RowKey key = RowKey.access(access);
    adds.remove(key);
    drops.add(key);
  }

  void write(PostgresConnection connection) throws SQLException {
    RowTable.ACCESSES.delete(connection, drops);
    if (adds.isEmpty()) {
      return;
    }
    List<Object> columns = new ArrayList<>(RowTable.ACCESSES.keyArrays(connection, adds.keySet()));
    columns.add(
        connection.array(
            "text",
            adds.values().stream()
                .map(access -> access.id().name().published())
                .toArray(String[]::new)));
    columns.add(
        connection.array(
            "int8", adds.values().stream().map(DownloadRecord::count).toArray(Long[]::new)));
    int _ = connection.update(ADD, columns.toArray());
  }
}
