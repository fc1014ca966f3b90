package lazaret.vetting.gate.shares;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/// The division of requests for index files among clients. Stored names and unknown names have a
/// part of upstream's budget each, so that neither uses up the other. A quarter is left for
/// artifacts. Background work is not limited here. Thread-safe.
public final class UpstreamShares {
  /// The part of the budget for each kind of name: three eighths.
  private static final double PART = 3.0 / 8;

  /// The reason in the response to a client without a share.
  public static final String SPENT = "the client's share of requests to upstream is spent";

  private static final System.Logger LOG = System.getLogger(UpstreamShares.class.getName());

  private final MinuteLogSum refused;
  private final FairShare unknown;
  private final FairShare known;
  private final boolean limited;

  /// Creates a division of a budget.
  ///
  /// @param requestsPerSecond the whole budget; 0 sets no limit
  /// @param nanos a clock that never goes back
  public UpstreamShares(int requestsPerSecond, LongSupplier nanos) {
    this.refused = new MinuteLogSum(LOG, "index requests over the share of their client", nanos);
    this.limited = requestsPerSecond > 0;
    double rate = Math.max(1, requestsPerSecond * PART);
    this.unknown = new FairShare(rate, nanos);
    this.known = new FairShare(rate, nanos);
  }

  /// Takes one request for an index file from the limit and the share of this thread's client. It
  /// waits only for a name that is not stored.
  ///
  /// @param name the crate, for the log
  /// @param held whether the name is stored
  /// @param patience the maximum wait
  /// @return empty if it was taken, or the time after which to ask again
  public Optional<Duration> pause(String name, boolean held, Duration patience) {
    Optional<String> client = ActingClient.current();
    Optional<Duration> over = ActingClient.limit().take();
    if (over.isPresent()) {
      return over;
    }
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
