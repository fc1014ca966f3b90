package lazaret.storage.postgres;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import lazaret.storage.postgres.connection.PostgresConnections;
import lazaret.vetting.gate.store.Store;
import org.jspecify.annotations.Nullable;

/// The numbers of rows, which are counted in the database and kept for a few seconds. An own commit
/// that may change them ends that time. Thread-safe.
final class KeptCounts {
  private static final long KEPT_NANOS = Duration.ofSeconds(10).toNanos();

  private static final String COUNT =
      """
      SELECT (SELECT count(*) FROM lazaret.crate WHERE freshness IS NOT NULL),
        (SELECT count(*) FROM lazaret.artifact), (SELECT count(*) FROM lazaret.request)
      """;

  private final PostgresConnections connections;
  private final AtomicLong commits = new AtomicLong();
  private volatile @Nullable Kept kept;

  /// Counts.
  ///
  /// @param commits the number of own commits before they were counted
  /// @param at the reading of the monotonic clock before that
  private record Kept(Store.Counts counts, long commits, long at) {}

  KeptCounts(PostgresConnections connections) {
    this.connections = connections;
  }

  Store.Counts read() {
    connections.requireOpen();
    long before = commits.get();
    long now = System.nanoTime();
    Kept known = kept;
    if (known != null && known.commits() == before && now - known.at() < KEPT_NANOS) {
      return known.counts();
    }
    Store.Counts counts =
        connections.scan(
            connection ->
                connection
                    .find(
                        COUNT,
                        row -> new Store.Counts(row.getLong(1), row.getLong(2), row.getLong(3)))
                    .orElseThrow());
    kept = new Kept(counts, before, now);
    return counts;
  }

  /// Takes note of an own commit that may change the numbers.
  void change() {
    commits.incrementAndGet();
  }
}
