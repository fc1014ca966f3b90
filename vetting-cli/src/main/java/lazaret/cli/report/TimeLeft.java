package lazaret.cli.report;

import java.util.concurrent.TimeUnit;

/// The words for how long the rest of some steps takes at the speed so far.
final class TimeLeft {
  /// From then on an estimate has something to rest on.
  private static final long ESTIMATED_AFTER = TimeUnit.SECONDS.toNanos(3);

  private TimeLeft() {}

  /// Returns the words with a comma before them; empty where no estimate can be made.
  ///
  /// @param passed nanoseconds since the first of the steps that are done
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
