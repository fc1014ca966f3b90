package lazaret.testkit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/// A clock in UTC that only changes when a test moves it. Thread-safe.
public final class ManualClock extends Clock {
  private volatile Instant now;

  /// Creates a clock.
  ///
  /// @param start the first time
  public ManualClock(Instant start) {
    this.now = start;
  }

  /// Creates a clock.
  ///
  /// @param start the first time, for example `2026-11-24T12:00:00Z`
  public static ManualClock at(String start) {
    return new ManualClock(Instant.parse(start));
  }

  /// Moves the clock forward, or back if the duration is negative. One thread at a time moves it.
  public void advance(Duration by) {
    now = now.plus(by);
  }

  @Override
  public Instant instant() {
    return now;
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return this;
  }
}
