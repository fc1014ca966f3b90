package lazaret.vetting.advisory;

import java.time.Duration;

/// The limits of the age of feeds.
///
/// @param warn age from which a verdict warns
/// @param stop age from which a version is vetted only by a decision; cargo-deny refuses at the
///   same age (`maximum-db-staleness`)
public record FeedAgeLimits(Duration warn, Duration stop) {
  /// 7 and 90 days.
  public static final FeedAgeLimits DEFAULT =
      new FeedAgeLimits(Duration.ofDays(7), Duration.ofDays(90));

  /// Checks the order.
  ///
  /// @throws IllegalArgumentException if one is negative or stop is shorter than warn
  public FeedAgeLimits {
    if (warn.isNegative() || stop.compareTo(warn) < 0) {
      throw new IllegalArgumentException(
          "feed ages must not be negative, and stop (%s) not shorter than warn (%s)"
              .formatted(stop, warn));
    }
  }
}
