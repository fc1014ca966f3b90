package lazaret.storage.postgres;

import java.time.Duration;
import lazaret.storage.postgres.connection.PostgresConnections;
import org.jspecify.annotations.Nullable;

/// The bytes that a store occupies, which are kept for a minute. Thread-safe.
final class UsedBytes {
  private static final long KEPT_NANOS = Duration.ofMinutes(1).toNanos();

  private static final String SUM =
      """
      SELECT coalesce(sum(length), 0)::bigint + pg_database_size(current_database())
      FROM lazaret.object WHERE state = 1
      """;

  private final PostgresConnections connections;
  private volatile @Nullable Kept kept;

  /// A sum.
  ///
  /// @param at the reading of the monotonic clock before it was computed
  private record Kept(long bytes, long at) {}

  UsedBytes(PostgresConnections connections) {
    this.connections = connections;
  }

  long read() {
    connections.requireOpen();
    long now = System.nanoTime();
    Kept known = kept;
    if (known != null && now - known.at() < KEPT_NANOS) {
      return known.bytes();
    }
    long bytes =
        connections.scan(connection -> connection.find(SUM, row -> row.getLong(1)).orElse(0L));
    kept = new Kept(bytes, now);
    return bytes;
  }
}
