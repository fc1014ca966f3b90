package lazaret.vetting;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// Until when a piece of work may take: asked inside loops that hostile bytes can make long. Once
/// it has passed it stays so, whatever the clock says. Not thread-safe.
public final class Deadline {
  /// A source of time that no step of the clock moves; its moments mean nothing by themselves.
  public static final InstantSource MONOTONIC = () -> Instant.ofEpochSecond(0, System.nanoTime());

  private final InstantSource clock;
  private final Instant end;
  private boolean passed;

  private Deadline(InstantSource clock, Instant end) {
    this.clock = clock;
    this.end = end;
  }

  /// Returns a deadline that begins to run now.
  public static Deadline after(Duration time, InstantSource clock) {
    return new Deadline(clock, clock.instant().plus(time));
  }

  /// Returns a deadline that never passes.
  public static Deadline none() {
    return new Deadline(InstantSource.fixed(Instant.EPOCH), Instant.MAX);
  }

  /// Tells whether time is up. Asks the clock, which takes some ten nanoseconds.
  public boolean passed() {
    passed |= !clock.instant().isBefore(end);
    return passed;
  }
}
