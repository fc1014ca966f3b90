package lazaret.mirror.upstream;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Keeps clients from paying for an upstream that is down: after several failures in a row nobody
/// asks for a while, then one request goes ahead as a probe and decides. Also remembers how long
/// upstream wants to be left alone (429 with `Retry-After`). Thread-safe; never blocks.
final class Circuit {
  /// Failures in a row after which nobody asks.
  static final int THRESHOLD = 8;

  static final Duration FIRST_REST = Duration.ofSeconds(5);
  static final Duration LONGEST_REST = Duration.ofMinutes(1);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

  /// Why a request must not be sent now.
  ///
  /// @param left how long this holds
  /// @param asked whether upstream asked for it, so that waiting helps, in contrast to being down
  record Refusal(Duration left, boolean asked) {}

  private final LongSupplier nanos;
  private int failures;
  private long rest;
  private long restsUntil;
  private long pausedUntil;
  private boolean probing;

  Circuit(LongSupplier nanos) {
    this.nanos = nanos;
    this.restsUntil = nanos.getAsLong();
    this.pausedUntil = restsUntil;
  }

  /// Asks to send a request. Who gets null must report [#succeeded], [#failed] or [#abandoned].
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

  /// Upstream answered, whatever it said.
  synchronized void succeeded() {
    failures = 0;
    rest = 0;
    probing = false;
  }

  /// Upstream did not answer, or not properly.
  synchronized void failed() {
    boolean trips = probing || failures == THRESHOLD - 1;
    failures = Math.min(THRESHOLD, failures + 1);
    if (trips) {
      // A failure of a request from before the circuit opened says nothing new: only a probe's
      // does.
      rest = rest == 0 ? FIRST_REST.toNanos() : Math.min(2 * rest, LONGEST_REST.toNanos());
      restsUntil = nanos.getAsLong() + rest;
      probing = false;
    }
  }

  /// The request was not sent after all.
  synchronized void abandoned() {
    probing = false;
  }

  /// Leaves upstream alone for as long as it asked, within reason.
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
