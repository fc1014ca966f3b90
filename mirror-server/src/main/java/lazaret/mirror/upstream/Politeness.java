package lazaret.mirror.upstream;

import java.time.Clock;
import java.time.Duration;
import java.util.function.LongSupplier;

/// Holds what is asked of upstream within the budget: a token bucket for requests, a counter that
/// starts anew at midnight in UTC for bytes. Thread-safe; never blocks.
final class Politeness {
  private static final int BURST_SECONDS = 10;
  private static final long DAY_SECONDS = 24 * 60 * 60;

  /// What became of asking for a request.
  sealed interface Permit {
    /// The request may be sent after a pause.
    record After(Duration pause) implements Permit {}

    /// The budget is spent.
    record Spent(String why, Duration until) implements Permit {}
  }

  private final UpstreamOptions.Budget budget;
  private final Clock clock;
  private final LongSupplier nanos;
  private double tokens;
  private long refilledAt;
  private long day;
  private long bytesToday;

  Politeness(UpstreamOptions.Budget budget, Clock clock, LongSupplier nanos) {
    this.budget = budget;
    this.clock = clock;
    this.nanos = nanos;
    this.tokens = burst();
    this.refilledAt = nanos.getAsLong();
    this.day = today();
  }

  /// Asks to send one request.
  ///
  /// @param patience how long the one who asks would wait for his turn
  synchronized Permit request(Duration patience) {
    turnDay();
    if (budget.bytesPerDay() > 0 && bytesToday >= budget.bytesPerDay()) {
      String why = "today's budget of " + budget.bytesPerDay() + " bytes from upstream is spent";
      return new Permit.Spent(why, untilMidnight());
    }
    if (budget.requestsPerSecond() == 0) {
      return new Permit.After(Duration.ZERO);
    }
    refill();
    // The bucket may go below zero: each who waits holds his place in the queue.
    double missing = 1 - tokens;
    long pause = missing <= 0 ? 0 : (long) (missing / budget.requestsPerSecond() * 1e9);
    if (pause > patience.toNanos()) {
      String why =
          "the budget of " + budget.requestsPerSecond() + " requests a second to upstream is spent";
      return new Permit.Spent(why, Duration.ofNanos(pause));
    }
    tokens -= 1;
    return new Permit.After(Duration.ofNanos(pause));
  }

  synchronized void received(long bytes) {
    turnDay();
    bytesToday += bytes;
  }

  synchronized long bytesLeftToday() {
    turnDay();
    return budget.bytesPerDay() == 0 ? -1 : Math.max(0, budget.bytesPerDay() - bytesToday);
  }

  synchronized long requestsLeft() {
    if (budget.requestsPerSecond() == 0) {
      return -1;
    }
    refill();
    return Math.max(0, (long) tokens);
  }

  private double burst() {
    return (double) budget.requestsPerSecond() * BURST_SECONDS;
  }

  private void refill() {
    long now = nanos.getAsLong();
    tokens = Math.min(burst(), tokens + (now - refilledAt) / 1e9 * budget.requestsPerSecond());
    refilledAt = now;
  }

  private long today() {
    return Math.floorDiv(clock.instant().getEpochSecond(), DAY_SECONDS);
  }

  private void turnDay() {
    long now = today();
    if (now != day) {
      day = now;
      bytesToday = 0;
    }
  }

  private Duration untilMidnight() {
    return Duration.ofSeconds((day + 1) * DAY_SECONDS - clock.instant().getEpochSecond());
  }
}
