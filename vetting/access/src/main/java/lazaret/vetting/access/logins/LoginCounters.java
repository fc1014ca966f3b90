package lazaret.vetting.access.logins;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/// Counters of actions in the last minute by their actor. The number of actors is bounded: the one
/// whose first action is the oldest leaves first. Not thread-safe.
final class LoginCounters {
  private static final Duration WINDOW = Duration.ofMinutes(1);
  private static final int MAX_ACTORS = 10_000;

  private final int limit;
  private final SequencedMap<String, Deque<Instant>> actions = new LinkedHashMap<>();

  /// @param limit the actions of one actor in a minute
  LoginCounters(int limit) {
    this.limit = limit;
  }

  /// Returns whether an actor has reached the limit.
  boolean isExhausted(String actor, Instant now) {
    Deque<Instant> times = actions.get(actor);
    if (times == null) {
      return false;
    }
    removeOld(times, now);
    if (times.isEmpty()) {
      actions.remove(actor);
    }
    return times.size() >= limit;
  }

  /// Counts an action.
  void count(String actor, Instant now) {
    Deque<Instant> times = actions.computeIfAbsent(actor, _ -> new ArrayDeque<>());
    removeOld(times, now);
    if (times.size() == limit) {
      times.removeFirst();
    }
    times.addLast(now);
    if (actions.size() > MAX_ACTORS) {
      Map.Entry<String, Deque<Instant>> oldest = actions.firstEntry();
      actions.remove(oldest.getKey());
    }
  }

  private static void removeOld(Deque<Instant> times, Instant now) {
    while (!times.isEmpty() && !times.getFirst().isAfter(now.minus(WINDOW))) {
      times.removeFirst();
    }
  }
}
