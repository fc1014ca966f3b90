package lazaret.bench.mix;

import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;

/// Counts of latencies in ranges whose width is less than a hundredth of their value. Safe for use
/// by many threads.
final class LatencyCounters {
  /// Each power of two has 2^7 ranges.
  private static final int BITS = 7;

  private static final int RANGES = 1 << BITS;
  private static final int MASK = RANGES - 1;

  private final AtomicLongArray counts = new AtomicLongArray((Long.SIZE - BITS) * RANGES);
  private final LongAdder failures = new LongAdder();

  /// Counts a latency in nanoseconds; 0 if it is negative.
  void add(long nanos) {
    counts.incrementAndGet(index(Math.max(0, nanos)));
  }

  /// Counts a request or connection that failed.
  void failed() {
    failures.increment();
  }

  long failures() {
    return failures.sum();
  }

  /// Returns the number of latencies.
  long count() {
    long sum = 0;
    for (int i = 0; i < counts.length(); i++) {
      sum += counts.get(i);
    }
    return sum;
  }

  /// Returns the latency that a share of all does not exceed, in nanoseconds: the greatest value of
  /// its range.
  ///
  /// @param share share of the latencies, above 0 and at most 1
  /// @throws IllegalStateException if there is no latency
  long percentile(double share) {
    long rank = (long) Math.ceil(share * count());
    long seen = 0;
    for (int i = 0; i < counts.length(); i++) {
      seen += counts.get(i);
      if (seen > 0 && seen >= rank) {
        return greatest(i);
      }
    }
    throw new IllegalStateException("cannot compute a percentile: expected a latency, found none");
  }

  /// Returns the number of the range of a value that is not negative.
  static int index(long value) {
    int top = Long.SIZE - 1 - Long.numberOfLeadingZeros(value);
    if (top < BITS) {
      return (int) value;
    }
    int shift = top - BITS;
    return (shift + 1) * RANGES + (int) ((value >>> shift) & MASK);
  }

  /// Returns the greatest value of a range.
  static long greatest(int index) {
    if (index < RANGES) {
      return index;
    }
    int shift = index / RANGES - 1;
    long above = RANGES + (index & MASK) + 1L;
    return (above << shift) - 1;
  }
}
