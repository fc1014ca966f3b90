package lazaret.vetting;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// The end of the time that a task may take. Loops that hostile bytes can make long check it. Once
/// passed, it stays passed even if the clock goes back. Not thread-safe.
public final class Deadline {
  /// A clock that is not affected by changes of the system time. Its values have no relation to the
  /// calendar.
  public static final InstantSource MONOTONIC = () -> Instant.ofEpochSecond(0, System.nanoTime());

  private final InstantSource clock;
  private final Instant end;
  private boolean passed;

  private Deadline(InstantSource clock, Instant end) {
    this.clock = clock;
    this.end = end;
  }

  /// Returns a deadline that passes after a time from now.
  public static Deadline after(Duration time, InstantSource clock) {
    return new Deadline(clock, clock.instant().plus(time));
  }

  /// Returns a deadline that never passes.
  public static Deadline none() {
    return new Deadline(InstantSource.fixed(Instant.EPOCH), Instant.MAX);
  }

  /// Returns whether the time has passed. Reads the clock, which takes about ten nanoseconds.
  public boolean passed() {
    passed |= !clock.instant().isBefore(end);
    return passed;
  }
}
