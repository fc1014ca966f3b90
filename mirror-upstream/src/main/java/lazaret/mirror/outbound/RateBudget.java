package lazaret.mirror.outbound;

import java.time.Clock;
import java.time.Duration;
import java.util.function.LongSupplier;

/// The budget of requests to upstream: a token bucket for requests, and for bytes a counter that
/// restarts at midnight UTC. Thread-safe; never blocks.
public final class RateBudget {
  private static final int BURST_SECONDS = 10;
  private static final long DAY_SECONDS = 24 * 60 * 60;

  /// The result of a request for a permit.
  sealed interface Permit {
    /// The request may be sent after a pause.
    record After(Duration pause) implements Permit {}

    /// The budget is used up.
    record Spent(String why, Duration until) implements Permit {}
  }

  private final UpstreamOptions.RateLimits budget;
  private final Clock clock;
  private final LongSupplier nanos;
  private double tokens;
  private long refilledAt;
  private long day;
  private long bytesToday;

  public RateBudget(UpstreamOptions.RateLimits budget, Clock clock, LongSupplier nanos) {
    this.budget = budget;
    this.clock = clock;
    this.nanos = nanos;
    this.tokens = burst();
    this.refilledAt = nanos.getAsLong();
    this.day = today();
  }

  /// Requests a permit for one request.
  ///
  /// @param patience the longest pause that the caller accepts
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
    // The bucket may go below zero: each waiting request keeps its place in the queue.
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
