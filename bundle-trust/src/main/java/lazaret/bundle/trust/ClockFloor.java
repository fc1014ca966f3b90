package lazaret.bundle.trust;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import lazaret.bundle.BundleCode;
import lazaret.bundle.BundleException;

/// A clock for sites without a time source. It is never before the newest signed time that was
/// accepted.
public final class ClockFloor {
  /// The largest lag of the clock behind the floor that is accepted.
  static final Duration TOLERANCE = Duration.ofHours(24);

  private ClockFloor() {}

  /// Returns a clock that is fixed at the later of the current time and the floor.
  ///
  /// @param clock the clock, read once
  /// @param floor the newest signed time that was accepted; [Instant#EPOCH] for none
  /// @throws BundleException `clock-behind` if the clock is behind the floor by more than a day
  public static Clock over(Clock clock, Instant floor) {
    Instant now = clock.instant();
    if (now.plus(TOLERANCE).isBefore(floor)) {
      throw new BundleException(
          BundleCode.CLOCK_BEHIND,
          ("cannot check for expiry: the clock says %s, but a bundle of %s was"
                  + " accepted; set the clock")
              .formatted(now, floor));
    }
    return Clock.fixed(now.isBefore(floor) ? floor : now, ZoneOffset.UTC);
  }
}
