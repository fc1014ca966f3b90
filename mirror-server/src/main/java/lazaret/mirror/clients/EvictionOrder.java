package lazaret.mirror.clients;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/// The order in which connections are closed for lack of places: first the oldest ones of the
/// clients that have the most. A connection on which a request is being answered stays open, and
/// counts for its client. New connections and those with bytes that the server has not read yet are
/// closed last. Thread-safe.
final class EvictionOrder {
  /// The part of a limit that is freed at once, so that a full server does not look at every
  /// connection for each new one.
  private static final int BATCH = 32;

  private final boolean plain;

  /// Creates the order.
  ///
  /// @param plain whether connections are without TLS
  EvictionOrder(boolean plain) {
    this.plain = plain;
  }

  /// Closes the next connections in this order.
  ///
  /// @param kind the connections that may be closed
  /// @param limit the limit that was reached
  /// @param least the least number of connections of the kind at which a client loses one
  /// @return the closed connections; empty if each has a request
  List<ClientConnection> evict(List<ClientConnection> kind, int limit, int least) {
    Map<String, Integer> counts = new HashMap<>();
    kind.forEach(c -> counts.merge(c.key(), 1, Integer::sum));
    List<ClientConnection> candidates =
        kind.stream()
            .filter(c -> !c.responds() && counts.getOrDefault(c.key(), 0) >= least)
            .toList();
    int most = candidates.stream().mapToInt(c -> counts.getOrDefault(c.key(), 0)).max().orElse(0);
    long now = System.nanoTime();
    List<ClientConnection> oldest =
        candidates.stream()
            .filter(c -> counts.getOrDefault(c.key(), 0) == most)
            .sorted(
                Comparator.comparingLong((ClientConnection c) -> now - c.stateSince()).reversed())
            .toList();
    int batch = Math.max(1, Math.min(most / 4, limit / BATCH));
    List<ClientConnection> late = close(oldest, c -> !c.isNew(now) && !c.waitsForServer(), batch);
    return late.isEmpty() ? close(oldest, _ -> true, Math.max(1, batch / 4)) : late;
  }

  /// Closes the first connections of a kind. A request may have arrived meanwhile: then the next
  /// one is closed.
  private List<ClientConnection> close(
      List<ClientConnection> oldest, Predicate<ClientConnection> kind, int most) {
    return oldest.stream()
        .filter(kind)
        .filter(c -> c.closeUnlessResponding(plain))
        .limit(most)
        .toList();
  }
}
