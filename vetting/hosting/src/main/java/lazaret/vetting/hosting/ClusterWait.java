package lazaret.vetting.hosting;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import lazaret.vetting.gate.store.SharedState;
import lazaret.vetting.gate.store.Store;

/// The wait until each node of a cluster knows a change. Thread-safe; blocks.
///
/// @param store the store that the nodes share, or that of a single server
record ClusterWait(Store store) {
  private static final Duration MOST = Duration.ofSeconds(5);

  /// Waits until each node knows all that is committed before this call, at most five seconds. A
  /// single server does not wait.
  ///
  /// @return the database time by which each node knows it, or empty if each knows it now
  Optional<Instant> awaitAll() {
    Optional<SharedState> nodes = store.shared();
    if (nodes.isEmpty()) {
      return Optional.empty();
    }
    Instant by = nodes.get().inForceBy();
    Duration left = Duration.between(nodes.get().now(), by);
    boolean isLong = left.compareTo(MOST) > 0;
    try {
      Thread.sleep(isLong ? MOST : left);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return Optional.of(by);
    }
    return isLong ? Optional.of(by) : Optional.empty();
  }
}
