package lazaret.vetting.shares;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/// Divides the requests for index files at upstream among clients. Names that are not held and
/// names that are held have a part of the budget each, so that neither uses up the other, and a
/// quarter is left for artifacts. Work in the background is not limited here. Thread-safe.
public final class UpstreamShares {
  /// Each kind of name has three eighths of the budget.
  private static final double PART = 3.0 / 8;

  private final FairShare unknown;
  private final FairShare known;
  private final boolean limited;

  /// Divides a budget.
  ///
  /// @param requestsPerSecond the whole budget; 0 sets no limit
  /// @param nanos a clock that never goes back
  public UpstreamShares(int requestsPerSecond, LongSupplier nanos) {
    this.limited = requestsPerSecond > 0;
    double rate = Math.max(1, requestsPerSecond * PART);
    this.unknown = new FairShare(rate, nanos);
    this.known = new FairShare(rate, nanos);
  }

  /// Waits until the client of this thread may cause one request for a name that is not held.
  ///
  /// @return empty if it may; else the time after which to ask again
  public Optional<Duration> forUnknownName(Duration patience) {
    Optional<String> client = OnBehalf.current();
    if (!limited || client.isEmpty()) {
      return Optional.empty();
    }
    long until = System.nanoTime() + patience.toNanos();
    Optional<Duration> pause = unknown.take(client.get());
    while (pause.isPresent() && System.nanoTime() + pause.get().toNanos() < until) {
      if (!slept(pause.get())) {
        return pause;
      }
      pause = unknown.take(client.get());
    }
    return pause;
  }

  private static boolean slept(Duration pause) {
    try {
      Thread.sleep(pause.plusMillis(1));
      return true;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /// Returns whether the client of this thread may cause one request for a name that is held.
  public boolean forKnownName() {
    return !limited || OnBehalf.current().map(client -> known.take(client).isEmpty()).orElse(true);
  }
}
