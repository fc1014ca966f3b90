package lazaret.bench.mix;

import java.util.concurrent.locks.LockSupport;

/// The times at which one client sends its requests, in nanoseconds of [System#nanoTime].
///
/// @param start time of the first request
/// @param interval time between two requests; 0 if each follows the response before it
/// @param uncounted time from the start on in which requests do not count
/// @param counted time after it, in which they count
record Pace(long start, long interval, long uncounted, long counted) {
  /// The time after the last request in which late ones are still sent.
  private static final long PATIENCE = 10_000_000_000L;

  /// Returns the time at which a request is due, whenever the one before it ended.
  ///
  /// @param number number of the request, from 0 on
  /// @param now current time
  long due(long number, long now) {
    if (interval > 0) {
      return start + number * interval;
    }
    return now - start < 0 ? start : now;
  }

  /// Returns whether a request that is due at a time counts.
  boolean counts(long due) {
    return due - start >= uncounted;
  }

  /// Returns whether a request that is due at a time is beyond the last one.
  boolean isOver(long due) {
    return due - start >= uncounted + counted;
  }

  /// Returns whether the requests are so late that the client gives up.
  boolean isHopeless(long now) {
    return now - start >= uncounted + counted + PATIENCE;
  }

  /// Waits until a time.
  static void await(long due) {
    for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }
}
