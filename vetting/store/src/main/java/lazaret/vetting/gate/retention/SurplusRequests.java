package lazaret.vetting.gate.retention;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/// The choice of queued requests to drop. The first are those above the limit of one client without
/// a token, then the oldest of the client with the most. Requests of tokens are dropped last.
public final class SurplusRequests {
  private final RetentionOptions options;

  /// Creates a choice by the limits.
  public SurplusRequests(RetentionOptions options) {
    this.options = options;
  }

  /// A request.
  ///
  /// @param key the key of the request for the caller
  /// @param clients the requesters: tokens, or networks of clients without one
  /// @param named whether one of them has a token
  /// @param last the moment of the last repetition
  public record Row<K>(K key, List<String> clients, boolean named, Instant last) {
    /// Copies the list.
    public Row {
      clients = List.copyOf(clients);
    }
  }

  /// Returns the keys of the requests to drop, or none if all limits are met. Above a limit,
  /// requests are dropped down to nine tenths of it, so that the next ones fit.
  public <K> List<K> of(List<Row<K>> rows) {
    Owners<K> anonymous = owners(rows, false);
    Owners<K> named = owners(rows, true);
    List<K> surplus = new ArrayList<>();
    int share = options.requestsOfClient();
    for (Deque<Row<K>> owned : anonymous.byClient.values()) {
      if (owned.size() > share) {
        drop(owned, owned.size() - roomy(share), surplus);
      }
    }
    int left = rows.size() - surplus.size();
    if (left > options.requests()) {
      int tooMany = left - roomy(options.requests());
      int dropped = fromLargest(anonymous, tooMany, surplus);
      var _ = fromLargest(named, tooMany - dropped, surplus);
    }
    return surplus;
  }

  private static int roomy(int limit) {
    return limit - limit / 10;
  }

  private record Owners<K>(Map<String, Deque<Row<K>>> byClient) {}

  /// Returns the requests by client. A request of several clients counts for the one with the
  /// fewest, since repeating a request of others does not make it one's own.
  private static <K> Owners<K> owners(List<Row<K>> rows, boolean named) {
    List<Row<K>> wanted =
        rows.stream()
            .filter(row -> row.named() == named)
            .sorted(Comparator.comparing(Row<K>::last))
            .toList();
    Map<String, Integer> asked = new HashMap<>();
    wanted.forEach(row -> row.clients().forEach(client -> asked.merge(client, 1, Integer::sum)));
    Map<String, Deque<Row<K>>> byClient = new HashMap<>();
    for (Row<K> row : wanted) {
      String owner =
          row.clients().stream()
              .min(Comparator.comparingInt(client -> asked.getOrDefault(client, 0)))
              .orElse("");
      byClient.computeIfAbsent(owner, _ -> new ArrayDeque<>()).add(row);
    }
    return new Owners<>(byClient);
  }

  private static <K> void drop(Deque<Row<K>> owned, int count, List<K> surplus) {
    for (int i = 0; i < count; i++) {
      surplus.add(owned.removeFirst().key());
    }
  }

  private static <K> int fromLargest(Owners<K> owners, int count, List<K> surplus) {
    var queue =
        new PriorityQueue<Deque<Row<K>>>(Comparator.comparingInt((Deque<Row<K>> d) -> -d.size()));
    queue.addAll(owners.byClient.values());
    int dropped = 0;
    while (dropped < count && !queue.isEmpty()) {
      Deque<Row<K>> most = queue.remove();
      if (!most.isEmpty()) {
        drop(most, 1, surplus);
        dropped++;
        queue.add(most);
      }
    }
    return dropped;
  }
}
