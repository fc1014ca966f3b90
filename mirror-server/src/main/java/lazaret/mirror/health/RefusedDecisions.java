package lazaret.mirror.health;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import lazaret.vetting.ErrorCode;

/// The decisions of the last 24 hours that the policy or missing rights refused, since the start of
/// the server. Thread-safe.
final class RefusedDecisions {
  private static final Duration RECENT = Duration.ofHours(24);

  /// The maximum number of refusals in heap; a higher number is counted as this one.
  private static final int MOST = 1_000;

  // guarded by this
  private final Deque<Refusal> refusals = new ArrayDeque<>();

  /// A refusal.
  record Refusal(Instant at, ErrorCode code) {}

  /// Records a refusal. Other causes than policy and rights are ignored.
  synchronized void add(Refusal refusal) {
    if (refusal.code() != ErrorCode.FORBIDDEN && refusal.code() != ErrorCode.REFUSED_BY_POLICY) {
      return;
    }
    if (refusals.size() == MOST) {
      refusals.removeFirst();
    }
    refusals.addLast(refusal);
  }

  /// Returns the number of recent refusals.
  synchronized int count(Instant now) {
    Instant oldest = now.minus(RECENT);
    refusals.removeIf(each -> each.at().isBefore(oldest));
    return refusals.size();
  }

  /// Returns the last refusal.
  synchronized Optional<Refusal> last() {
    return Optional.ofNullable(refusals.peekLast());
  }
}
