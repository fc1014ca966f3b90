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

  /// The reason that a client is given.
  public static final String SPENT = "the client's share of requests to upstream is spent";

  private static final System.Logger LOG = System.getLogger(UpstreamShares.class.getName());

  private final MinuteSum refused;
  private final FairShare unknown;
  private final FairShare known;
  private final boolean limited;

  /// Divides a budget.
  ///
  /// @param requestsPerSecond the whole budget; 0 sets no limit
  /// @param nanos a clock that never goes back
  public UpstreamShares(int requestsPerSecond, LongSupplier nanos) {
    this.refused = new MinuteSum(LOG, "index requests over the share of their client", nanos);
    this.limited = requestsPerSecond > 0;
    double rate = Math.max(1, requestsPerSecond * PART);
    this.unknown = new FairShare(rate, nanos);
    this.known = new FairShare(rate, nanos);
  }

  /// Takes one request for an index file from the share of the client of this thread. For a name
  /// that is not held it waits.
  ///
  /// @param held whether the name is held
  /// @param patience the longest wait
  /// @return empty if it was taken; else the time after which to ask again
  public Optional<Duration> pause(String name, boolean held, Duration patience) {
    Optional<String> client = OnBehalf.current();
    if (!limited || client.isEmpty()) {
      return Optional.empty();
    }
    Optional<Duration> pause =
        held ? known.take(client.get()) : unknown.take(client.get(), patience);
    if (pause.isPresent()) {
      refused.add(name);
    }
    return pause;
  }
}
