package lazaret.storage.postgres.node;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import lazaret.storage.postgres.connection.PostgresConnections;
import lazaret.vetting.gate.store.Lease;
import lazaret.vetting.gate.store.Leases;

/// The leases of all nodes, as one of them has them. Terms are times of the database. Each method
/// is one statement. If its answer is lost, the lease ends with its term. None is sent while beats
/// fail, because it could wait in the server without a limit. Thread-safe.
final class DatabaseLeases implements Leases {
  /// A lease that another holder has costs no write and no number.
  private static final String TAKE =
      """
      INSERT INTO lazaret.lease AS l (key, holder, epoch, expires)
      SELECT ?::text, ?::uuid, nextval('lazaret.lease_epoch'),
        clock_timestamp() + ?::bigint * interval '1 millisecond'
      WHERE NOT EXISTS (
        SELECT FROM lazaret.lease h WHERE h.key = ? AND h.expires >= clock_timestamp())
      ON CONFLICT (key) DO UPDATE
      SET holder = excluded.holder, epoch = excluded.epoch, expires = excluded.expires
      WHERE l.expires < clock_timestamp()
      RETURNING l.epoch
      """;

  private static final String EXTEND =
      """
      UPDATE lazaret.lease SET expires = clock_timestamp() + ?::bigint * interval '1 millisecond'
      WHERE key = ? AND holder = ? AND epoch = ?
      """;

  private static final String RELEASE =
      "DELETE FROM lazaret.lease WHERE key = ? AND holder = ? AND epoch = ?";

  private final PostgresConnections connections;
  private final UUID holder;
  private final NodeState state;

  /// @param holder the identity of this process
  DatabaseLeases(PostgresConnections connections, UUID holder, NodeState state) {
    this.connections = connections;
    this.holder = holder;
    this.state = state;
  }

  @Override
  public Optional<Lease> take(String key, Duration term) {
    state.requireAnswer();
    return connections
        .once(
            connection ->
                connection.find(TAKE, row -> row.getLong(1), key, holder, term.toMillis(), key))
        .map(epoch -> new Lease(key, holder, epoch));
  }

  @Override
  public boolean extend(Lease lease, Duration term) {
    state.requireAnswer();
    return connections.once(
            connection ->
                connection.update(
                    EXTEND, term.toMillis(), lease.key(), lease.holder(), lease.epoch()))
        > 0;
  }

  @Override
  public void release(Lease lease) {
    state.requireAnswer();
    int _ =
        connections.once(
            connection -> connection.update(RELEASE, lease.key(), lease.holder(), lease.epoch()));
  }
}
