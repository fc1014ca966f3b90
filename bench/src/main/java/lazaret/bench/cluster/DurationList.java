package lazaret.bench.cluster;

import java.util.Arrays;
import java.util.Collection;

/// Durations of requests, shortest first.
final class DurationList {
  private final long[] nanos;

  /// Creates a list.
  ///
  /// @param nanos at least one duration in nanoseconds, in any order
  DurationList(Collection<Long> nanos) {
    this.nanos = nanos.stream().mapToLong(Long::longValue).sorted().toArray();
    if (this.nanos.length == 0) {
      throw new IllegalArgumentException("no durations");
    }
  }

  /// Returns the duration below which a share of all are, in milliseconds.
  ///
  /// @param share the share, from 0 to 1
  double millis(double share) {
    int index = (int) Math.min(nanos.length - 1L, Math.round(share * nanos.length));
    return nanos[index] / 1e6;
  }

  /// Returns the longest duration, in milliseconds.
  double most() {
    return Arrays.stream(nanos).max().orElse(0) / 1e6;
  }
}
