package lazaret.vetting.shares;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/// Divides the requests for versions to compare with among clients: an artifact that a client asks
/// for may make the gate fetch another one. They have a quarter of the budget of upstream. Work in
/// the background is not limited here. Thread-safe.
public final class BaseShares {
  private static final double PART = 1.0 / 4;

  private final FairShare share;
  private final boolean limited;

  /// Divides a budget.
  ///
  /// @param requestsPerSecond the whole budget; 0 sets no limit
  /// @param nanos a clock that never goes back
  public BaseShares(int requestsPerSecond, LongSupplier nanos) {
    this.limited = requestsPerSecond > 0;
    this.share = new FairShare(Math.max(1, requestsPerSecond * PART), nanos);
  }

  /// Takes one request from the share of the client of this thread, as soon as that has one.
  ///
  /// @param patience the longest wait
  /// @return whether it was taken
  public boolean take(Duration patience) {
    Optional<String> client = OnBehalf.current();
    return !limited || client.isEmpty() || share.take(client.get(), patience).isEmpty();
  }
}
