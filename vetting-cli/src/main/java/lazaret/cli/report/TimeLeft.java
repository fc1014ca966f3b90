package lazaret.cli.report;

import java.util.concurrent.TimeUnit;

/// The text of the remaining time of some steps at the average speed so far.
final class TimeLeft {
  /// The time after which an estimate is based on enough steps.
  private static final long ESTIMATED_AFTER = TimeUnit.SECONDS.toNanos(3);

  private TimeLeft() {}

  /// Returns the text with a comma before it, or an empty text if no estimate is possible.
  ///
  /// @param passed the nanoseconds since the first of the completed steps
  static String words(long passed, long done, long total) {
    if (passed < ESTIMATED_AFTER || done <= 0 || done >= total) {
      return "";
    }
    long seconds = TimeUnit.NANOSECONDS.toSeconds((long) ((double) passed / done * (total - done)));
    return seconds + 1 < 120
        ? ", %d s left".formatted(seconds + 1)
        : ", %d min left".formatted((seconds + 60) / 60);
  }
}
