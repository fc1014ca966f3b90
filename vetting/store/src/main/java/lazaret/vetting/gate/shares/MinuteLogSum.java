package lazaret.vetting.gate.shares;

import java.time.Duration;
import java.util.function.LongSupplier;

/// A sum of log lines of one kind. The first is logged; those of the next minute are counted and
/// logged as one. Thread-safe.
public final class MinuteLogSum {
  private static final long MINUTE = Duration.ofMinutes(1).toNanos();

  private final System.Logger log;
  private final String kind;
  private final LongSupplier nanos;
  private long count;
  private long since;
  private boolean begun;
  private String last = "";

  /// Creates a sum.
  ///
  /// @param log the log
  /// @param kind the event in the past tense, such as `index files not refreshed`
  /// @param nanos a clock that never goes back
  public MinuteLogSum(System.Logger log, String kind, LongSupplier nanos) {
    this.log = log;
    this.kind = kind;
    this.nanos = nanos;
  }

  /// Adds an event, and logs the sum if a minute has passed.
  public synchronized void add(String detail) {
    long now = nanos.getAsLong();
    count++;
    last = detail;
    if (!begun || now - since >= MINUTE) {
      begun = true;
      since = now;
      log.log(System.Logger.Level.WARNING, "{0}: {1}, the last one: {2}", kind, count, last);
      count = 0;
    }
  }
}
