package lazaret.vetting;

import java.time.Duration;
import java.time.Instant;

/// A period that is valid only while the clock is within it. A clock before its start ends it like
/// a clock past its end. A moment in the future came from a wrong clock, and is not used.
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

  /// Returns the rest of the period, or zero if the moment is not within it.
  public Duration left(Instant now) {
    return holds(now) ? Duration.between(now, until) : Duration.ZERO;
  }
}
