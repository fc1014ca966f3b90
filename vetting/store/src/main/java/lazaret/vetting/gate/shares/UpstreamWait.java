package lazaret.vetting.gate.shares;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The time for which one piece of work waited for upstream, such as a request of a client.
/// Requests to upstream at the same moment count once. Thread-safe.
public final class UpstreamWait {
  private static final ScopedValue<UpstreamWait> CURRENT = ScopedValue.newInstance();

  /// The origin of all moments, so that they can be compared as numbers.
  private static final long ORIGIN = System.nanoTime();

  /// The waits that ended, oldest first, none of which meets another one.
  private final Deque<Interval> ended = new ArrayDeque<>(1);

  private int open;
  private long openSince;

  /// An interval between two moments.
  private record Interval(long begin, long end) {}

  /// Returns the current moment for [#include].
  public static long now() {
    return System.nanoTime() - ORIGIN;
  }

  /// Returns the wait of the current thread's work; null if it is not measured.
  public static @Nullable UpstreamWait current() {
    return CURRENT.isBound() ? CURRENT.get() : null;
  }

  /// Executes a request to upstream, which counts for the work of the current thread.
  public static <T> T during(Supplier<T> request) {
    UpstreamWait wait = current();
    if (wait == null) {
      return request.get();
    }
    wait.begin();
    try {
      return request.get();
    } finally {
      wait.end();
    }
  }

  /// Returns a part of the current thread's work that other threads execute.
  public static <A, T> Function<A, T> carried(Function<A, T> work) {
    UpstreamWait wait = current();
    return wait == null ? work : argument -> wait.measure(() -> work.apply(argument));
  }

  /// Executes work whose requests to upstream count here.
  public <T> T measure(Supplier<T> work) {
    return ScopedValue.where(CURRENT, this).call(work::get);
  }

  private synchronized void begin() {
    if (open++ == 0) {
      openSince = now();
    }
  }

  private synchronized void end() {
    if (--open == 0) {
      add(new Interval(openSince, now()));
    }
  }

  /// Adds the part of another work's wait after a moment. A request that still lasts counts until
  /// now.
  ///
  /// @param since the moment from which this work waited for the other one
  public void include(UpstreamWait other, long since) {
    for (Interval interval : other.intervals()) {
      if (interval.end() > since) {
        add(new Interval(Math.max(interval.begin(), since), interval.end()));
      }
    }
  }

  private synchronized List<Interval> intervals() {
    if (open == 0 && ended.isEmpty()) {
      return List.of();
    }
    Deque<Interval> all = new ArrayDeque<>(ended);
    if (open > 0) {
      all.add(new Interval(openSince, now()));
    }
    return List.copyOf(all);
  }

  /// Joins an interval with those that it meets. Intervals arrive in the order of their ends, so
  /// that these are the last ones.
  private synchronized void add(Interval next) {
    long begin = next.begin();
    long end = next.end();
    while (!ended.isEmpty() && ended.getLast().end() >= begin) {
      Interval met = ended.removeLast();
      begin = Math.min(begin, met.begin());
      end = Math.max(end, met.end());
    }
    ended.addLast(new Interval(begin, end));
  }

  /// Returns the time in nanoseconds.
  public long nanos() {
    long sum = 0;
    for (Interval interval : intervals()) {
      sum += interval.end() - interval.begin();
    }
    return sum;
  }
}
