package lazaret.mirror.outbound;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// A circuit breaker for an upstream that is down. After several failures in a row no requests are
/// sent for a while; then one request is sent as a probe and decides. It also observes the pause
/// that upstream requests (429 with `Retry-After`). Thread-safe; never blocks.
public final class CircuitBreaker {
  /// The number of failures in a row that opens the circuit.
  public static final int THRESHOLD = 8;

  public static final Duration FIRST_REST = Duration.ofSeconds(5);
  static final Duration LONGEST_REST = Duration.ofMinutes(1);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

  /// The reason for not sending a request now.
  ///
  /// @param left the remaining time of the refusal
  /// @param asked whether upstream requested the pause, so that waiting helps; false if it is down
  record Refusal(Duration left, boolean asked) {}

  private final LongSupplier nanos;
  private int failures;
  private long rest;
  private long restsUntil;
  private long pausedUntil;
  private boolean probing;

  CircuitBreaker(LongSupplier nanos) {
    this.nanos = nanos;
    this.restsUntil = nanos.getAsLong();
    this.pausedUntil = restsUntil;
  }

  /// Returns the reason for not sending a request now, or null if it may be sent. A caller that
  /// gets null must report [#succeeded], [#failed] or [#abandoned].
  synchronized @Nullable Refusal refuse() {
    long now = nanos.getAsLong();
    if (pausedUntil - now > 0) {
      return new Refusal(Duration.ofNanos(pausedUntil - now), true);
    }
    if (failures < THRESHOLD) {
      return null;
    }
    if (restsUntil - now > 0) {
      return new Refusal(Duration.ofNanos(restsUntil - now), false);
    }
    if (probing) {
      return new Refusal(FIRST_REST, false);
    }
    probing = true;
    return null;
  }

  /// Records that upstream answered, with any status.
  synchronized void succeeded() {
    failures = 0;
    rest = 0;
    probing = false;
  }

  /// Records that upstream did not answer, or not properly.
  synchronized void failed() {
    boolean trips = probing || failures == THRESHOLD - 1;
    failures = Math.min(THRESHOLD, failures + 1);
    if (trips) {
      // Only a failed probe extends the pause: the failure of a request from before the circuit
      // opened is not new information.
      rest = rest == 0 ? FIRST_REST.toNanos() : Math.min(2 * rest, LONGEST_REST.toNanos());
      restsUntil = nanos.getAsLong() + rest;
      probing = false;
    }
  }

  /// Records that the request was not sent.
  synchronized void abandoned() {
    probing = false;
  }

  /// Pauses requests for the time that upstream requested, at most [#LONGEST_PAUSE].
  synchronized void pause(Duration asked) {
    long until = nanos.getAsLong() + Math.min(asked.toNanos(), LONGEST_PAUSE.toNanos());
    if (until - pausedUntil > 0) {
      pausedUntil = until;
    }
  }

  synchronized boolean isOpen() {
    return failures >= THRESHOLD;
  }
}
