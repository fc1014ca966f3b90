package lazaret.storage.postgres.node;

import java.util.List;
import lazaret.storage.postgres.connection.PostgresConnections;

/// The announcement of a snapshot in the row `cluster`. The commit of its head ends it.
/// Thread-safe; blocks.
final class FlipRows {
  private final PostgresConnections connections;

  FlipRows(PostgresConnections connections) {
    this.connections = connections;
  }

  /// A node that does not follow an announcement yet.
  ///
  /// @param beat the number of its last beat
  record Follower(int id, String name, long beat) {}

  /// Announces a snapshot.
  ///
  /// @return the number of the announcement, which no other one has
  long announce(long sequence) {
    return NodeRows.written(
        connections,
        connection ->
            connection
                .find(
                    """
                    UPDATE lazaret.cluster
                    SET flip_to = ?, flip_lease = nextval('lazaret.lease_epoch')
                    WHERE one RETURNING flip_lease
                    """,
                    row -> row.getLong(1),
                    sequence)
                .orElseThrow());
  }

  /// Ends an announcement. A later one, of another publisher, goes on.
  void cancel(long announcement) {
    int _ =
        NodeRows.written(
            connections,
            connection ->
                connection.update(
                    "UPDATE lazaret.cluster SET flip_to = NULL, flip_lease = NULL"
                        + " WHERE one AND flip_lease = ?",
                    announcement));
  }

  /// Returns the nodes that do not refresh before each answer for an announcement, those that ended
  /// included.
  List<Follower> behind(long announcement) {
    return connections.read(
        connection ->
            connection.list(
                """
                SELECT id, name, beat FROM lazaret.node
                WHERE reads_through IS DISTINCT FROM ? ORDER BY id
                """,
                row -> new Follower(row.getInt(1), row.getString(2), row.getLong(3)),
                announcement));
  }
}
