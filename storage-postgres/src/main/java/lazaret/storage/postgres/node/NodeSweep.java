package lazaret.storage.postgres.node;

import java.sql.SQLException;
import lazaret.storage.postgres.connection.PostgresConnection;
import lazaret.storage.postgres.connection.PostgresConnections;
import lazaret.storage.postgres.connection.TransactionOutcome;
import lazaret.vetting.gate.store.Batch;

/// The removal of rows that no node needs any more, and the end of transactions of nodes that
/// stopped sending. One node runs it; two at once do no harm. A node that was stopped for longer
/// than the rows are kept drops all its copies.
public final class NodeSweep {
  private static final System.Logger LOG = System.getLogger(NodeSweep.class.getName());

  private static final String LEASES =
      "DELETE FROM lazaret.lease WHERE expires < clock_timestamp() - interval '1 hour'";

  private static final String NODES =
      "DELETE FROM lazaret.node WHERE at < clock_timestamp() - interval '1 day'";

  /// The last change that all nodes know which made a beat in the last minute, and that is older
  /// than ten minutes.
  private static final String FLOOR =
      """
      SELECT least(
        (SELECT coalesce(min(applied), 0) FROM lazaret.node
          WHERE at > clock_timestamp() - interval '1 minute'),
        coalesce((SELECT counter FROM lazaret.commit_log
          WHERE at < clock_timestamp() - interval '10 minutes' ORDER BY at DESC LIMIT 1), 0))
      """;

  private static final String CHANGES = "DELETE FROM lazaret.change WHERE counter <= ?";

  private static final String COMMITS =
      """
      DELETE FROM lazaret.commit_log
      WHERE at < clock_timestamp() - interval '7 days' AND counter <= ?
      """;

  /// A publisher whose lease expired cannot commit any more. Nodes would not look for its commit.
  private static final String PUBLISHER =
      "DELETE FROM lazaret.lease WHERE key = 'snapshots' AND expires < clock_timestamp()";

  /// The row `cluster` is last, as in each commit. An announcement of a snapshot whose publisher
  /// ended is over with the lease of the publisher.
  private static final String CLUSTER =
      """
      UPDATE lazaret.cluster c
      SET change_floor = greatest(c.change_floor, ?::bigint),
        flip_to = CASE WHEN p.busy THEN c.flip_to END,
        flip_lease = CASE WHEN p.busy THEN c.flip_lease END
      FROM (
        SELECT EXISTS (SELECT FROM lazaret.lease WHERE key = 'snapshots')
      ) AS p (busy)
      WHERE c.one
        AND (c.change_floor < ?::bigint OR (c.flip_lease IS NOT NULL AND NOT p.busy))
      """;

  private final PostgresConnections connections;

  /// Creates the sweep of one node.
  public NodeSweep(PostgresConnections connections) {
    this.connections = connections;
  }

  /// Runs a round. Called each minute.
  ///
  /// @throws lazaret.vetting.gate.store.StoreException with code `store-unavailable` if the
  ///   database does not answer
  public void round() {
    boolean _ = connections.endStalled();
    TransactionOutcome<Integer> removed =
        connections.write(Batch.Durability.RELAXED, NodeSweep::remove);
    LOG.log(System.Logger.Level.DEBUG, "{0} rows of nodes removed", removed.value());
  }

  private static int remove(PostgresConnection connection) throws SQLException {
    int removed = connection.update(LEASES) + connection.update(PUBLISHER);
    removed += connection.update(NODES);
    long floor = connection.list(FLOOR, row -> row.getLong(1)).getFirst();
    removed += connection.update(CHANGES, floor);
    removed += connection.update(COMMITS, floor);
    return removed + connection.update(CLUSTER, floor, floor);
  }
}
