package lazaret.vetting.gate.shares;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/// The division of requests for base versions among clients. A requested artifact may make the gate
/// fetch another one for comparison. These requests have a quarter of the budget of upstream.
/// Background work is not limited here. Thread-safe.
public final class BaseShares {
  private static final double PART = 1.0 / 4;

  private final FairShare share;
  private final boolean limited;

  /// Creates a division of a budget.
  ///
  /// @param requestsPerSecond the whole budget; 0 sets no limit
  /// @param nanos a clock that never goes back
  public BaseShares(int requestsPerSecond, LongSupplier nanos) {
    this.limited = requestsPerSecond > 0;
    this.share = new FairShare(Math.max(1, requestsPerSecond * PART), nanos);
  }

  /// Takes one request from the share of this thread's client, as soon as the share has one.
  ///
  /// @param patience the maximum wait
  /// @return whether it was taken
  public boolean take(Duration patience) {
    Optional<String> client = ActingClient.current();
    return !limited || client.isEmpty() || share.take(client.get(), patience).isEmpty();
  }
}
