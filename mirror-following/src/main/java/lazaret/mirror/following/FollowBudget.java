package lazaret.mirror.following;

import java.time.Duration;
import java.time.Instant;

/// The part of the requests to upstream that following uses: a steady rate without bursts, and the
/// bytes of a day. A day begins at midnight UTC. It also observes the pauses that upstream asks
/// for. Thread-safe.
final class FollowBudget {
  private static final long DAY_SECONDS = 24 * 60 * 60;
  private static final long SECOND = 1_000_000_000L;

  /// The bytes that a dump and index files take on a day.
  private static final long DUMP_AND_INDEX = 3L << 30;

  /// The longest pause that upstream can ask for.
  static final Duration LONGEST_PAUSE = Duration.ofHours(1);

  private final FollowSettings.Limits limits;
  private final FollowContext.Time time;
  private final FollowMeters meters;

  // guarded by this
  private long turn;
  private FollowState.Day day;

  FollowBudget(FollowSettings.Limits limits, FollowContext.Time time, FollowMeters meters) {
    this.limits = limits;
    this.time = time;
    this.meters = meters;
    this.turn = time.nanos().getAsLong();
    this.day = new FollowState.Day(today(), 0, 0);
  }

  /// Waits for the turn of one request, which is then sent.
  void awaitTurn() throws InterruptedException {
    long wait;
    synchronized (this) {
      turnDay();
      long now = time.nanos().getAsLong();
      long at = Math.max(0, turn - now);
      double rate = limits.requestsPerSecond();
      turn = now + at + (rate == 0 ? 0 : (long) (SECOND / rate));
      day = new FollowState.Day(day.number(), day.requests() + 1, day.bytes());
      wait = at;
    }
    meters.requested();
    if (wait > 0) {
      time.pause().sleep(Duration.ofNanos(wait));
    }
  }

  /// Sends no request for a time.
  synchronized void pause(Duration asked) {
    Duration pause = asked.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : asked;
    long until = time.nanos().getAsLong() + pause.toNanos();
    if (until - turn > 0) {
      turn = until;
    }
  }

  /// Counts received bytes.
  synchronized void received(long bytes) {
    turnDay();
    day = new FollowState.Day(day.number(), day.requests(), day.bytes() + bytes);
    meters.received(bytes);
  }

  /// Returns whether the bytes of this day are used up.
  synchronized boolean isSpent() {
    turnDay();
    return limits.bytesPerDay() > 0 && day.bytes() >= limits.bytesPerDay();
  }

  /// Returns whether artifacts must wait for the next day. They leave a reserve of the bytes of a
  /// day for index files and the dump: a quarter, and at least what both take, but at most a half.
  synchronized boolean isSpentForArtifacts() {
    turnDay();
    long limit = limits.bytesPerDay();
    long reserve = Math.max(limit / 4, Math.min(DUMP_AND_INDEX, limit / 2));
    return limit > 0 && day.bytes() >= limit - reserve;
  }

  /// Returns the moment at which the next day begins.
  Instant nextDay() {
    return Instant.ofEpochSecond((today() + 1) * DAY_SECONDS);
  }

  /// Returns the use of this day.
  synchronized FollowState.Day day() {
    turnDay();
    return day;
  }

  /// Continues the use of a day that another process began.
  synchronized void restore(FollowState.Day stored) {
    turnDay();
    if (stored.number() == day.number() && stored.requests() > day.requests()) {
      day = stored;
    }
  }

  private long today() {
    return Math.floorDiv(time.clock().instant().getEpochSecond(), DAY_SECONDS);
  }

  private void turnDay() {
    long now = today();
    if (now != day.number()) {
      day = new FollowState.Day(now, 0, 0);
    }
  }
}
