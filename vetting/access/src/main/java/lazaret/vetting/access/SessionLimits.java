package lazaret.vetting.access;

import java.time.Duration;

/// The limits of sessions.
///
/// @param idle the longest time between two requests
/// @param absolute the longest time after sign-in
/// @param perPerson the maximum number of sessions of one person; the oldest one ends
public record SessionLimits(Duration idle, Duration absolute, int perPerson) {
  /// The default: 30 minutes, 12 hours, and 20 sessions of one person.
  public static final SessionLimits DEFAULT =
      new SessionLimits(Duration.ofMinutes(30), Duration.ofHours(12), 20);

  /// Checks the values.
  ///
  /// @throws IllegalArgumentException if one is not positive, or the idle time exceeds the other
  public SessionLimits {
    if (!idle.isPositive() || idle.compareTo(absolute) > 0 || perPerson < 1) {
      throw new IllegalArgumentException(
          "expected an idle time over 0 and at most %s, found %s".formatted(absolute, idle));
    }
  }
}
