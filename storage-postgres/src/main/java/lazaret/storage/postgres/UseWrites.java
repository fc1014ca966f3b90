package lazaret.storage.postgres;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import lazaret.storage.postgres.connection.PostgresConnection;
import lazaret.vetting.gate.store.ArtifactUse;

/// The writes of one batch to the last uses of artifacts. A stored later use remains.
final class UseWrites {
  private static final String PUT =
      """
      INSERT INTO lazaret.artifact_use AS u (sha256, day)
      SELECT * FROM unnest(?::bytea[], ?::bigint[])
      ON CONFLICT (sha256) DO UPDATE SET day = excluded.day WHERE u.day < excluded.day
      """;

  private final SortedMap<RowKey, ArtifactUse> puts = new TreeMap<>();
  private final SortedSet<RowKey> drops = new TreeSet<>();

  void put(ArtifactUse use) {
    ArtifactUse _ = puts.merge(RowKey.of(use.cksum()), use, ArtifactUse::and);
  }

  void drop(RowKey key) {
    puts.remove(key);
    drops.add(key);
  }

  void write(PostgresConnection connection) throws SQLException {
    RowTable.USES.delete(connection, drops);
    if (puts.isEmpty()) {
      return;
    }
    List<Object> columns = new ArrayList<>(RowTable.USES.keyArrays(connection, puts.keySet()));
    columns.add(
        connection.array(
            "int8",
            puts.values().stream().map(use -> use.day().toEpochDay()).toArray(Long[]::new)));
    int _ = connection.update(PUT, columns.toArray());
  }
}
