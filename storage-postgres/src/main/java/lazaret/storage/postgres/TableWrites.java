package lazaret.storage.postgres;

import java.sql.SQLException;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import lazaret.storage.postgres.connection.PostgresConnection;

/// The writes of one batch to a table. The last write to a key is in force.
final class TableWrites {
  private final RowTable table;
  private final SortedMap<RowKey, List<byte[]>> puts = new TreeMap<>();
  private final SortedSet<RowKey> drops = new TreeSet<>();

  TableWrites(RowTable table) {
    this.table = table;
  }

  void put(RowKey key, List<byte[]> values) {
    drops.remove(key);
    puts.put(key, values);
  }

  void drop(RowKey key) {
    puts.remove(key);
    drops.add(key);
  }

  void write(PostgresConnection connection) throws SQLException {
    table.delete(connection, drops);
    table.put(connection, puts);
  }
}
