package lazaret.bundle.keys;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import lazaret.bundle.BundleCode;
import lazaret.bundle.BundleException;

/// Time where no time source is: it never lies before the newest moment that was signed and
/// accepted.
public final class ClockFloor {
  /// How far the clock may be behind before it is taken for broken.
  static final Duration TOLERANCE = Duration.ofHours(24);

  private ClockFloor() {}

  /// Returns a clock that stands at the later of the clock's time and the floor.
  ///
  /// @param clock asked once
  /// @param floor the newest signed moment that was ever accepted; [Instant#EPOCH] for none
  /// @throws BundleException `clock-behind` where the clock is behind by more than a day
  public static Clock over(Clock clock, Instant floor) {
    Instant now = clock.instant();
    if (now.plus(TOLERANCE).isBefore(floor)) {
      throw new BundleException(
          BundleCode.CLOCK_BEHIND,
          ("cannot tell what has expired: the clock says %s, but a bundle of %s was"
                  + " accepted; set the clock")
              .formatted(now, floor));
    }
    return Clock.fixed(now.isBefore(floor) ? floor : now, ZoneOffset.UTC);
  }
}
