package lazaret.vetting.timing;

import java.time.Duration;
import java.time.Instant;

/// A period that holds only while the clock is inside it. A clock that has been put back to before
/// its start ends it as a clock that has gone past its end does: a moment that is later than now
/// was taken from a wrong clock, and nothing is derived from it.
///
/// @param from the moment at which it begins, by the clock of that time
/// @param until the first moment after it
public record TimeSpan(Instant from, Instant until) {

  /// Returns the period of a length that begins at a moment.
  public static TimeSpan from(Instant start, Duration length) {
    return new TimeSpan(start, start.plus(length));
  }

  /// Returns whether a moment is within the period.
  public boolean holds(Instant now) {
    return !now.isBefore(from) && now.isBefore(until);
  }

  /// Returns how much of the period is left; zero if it does not hold.
  public Duration left(Instant now) {
    return holds(now) ? Duration.between(now, until) : Duration.ZERO;
  }
}
