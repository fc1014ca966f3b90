package lazaret.signin;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A value of an issuer that is fetched again after an hour. If that fails, the last good value is
/// kept for a day. One thread fetches at a time: others use the last value, or wait if there is
/// none. Attempts begin at most once in 30 s. Thread-safe; blocks.
///
/// @param <T> the type of the value, immutable
final class KeptValue<T> {
  /// The age at which a value is fetched again.
  static final Duration MAX_AGE = Duration.ofHours(1);

  /// The age up to which a value is used while fetching fails.
  static final Duration MAX_OUTAGE = Duration.ofHours(24);

  /// The time between the beginnings of two attempts.
  static final Duration PAUSE = Duration.ofSeconds(30);

  private static final System.Logger LOG = System.getLogger(KeptValue.class.getName());

  private final Supplier<T> source;
  private final Clock clock;
  private final ReentrantLock flight = new ReentrantLock();
  private volatile State<T> state = new State<>(null, Instant.MIN, Instant.MIN, null);

  /// The value and the last attempt.
  ///
  /// @param value null before the first success
  /// @param failure the message of the last attempt; null if it succeeded
  private record State<T>(
      @Nullable T value, Instant fetched, Instant attempted, @Nullable String failure) {}

  /// Creates a value.
  ///
  /// @param source fetches the value; throws [IssuerUnavailableException]
  KeptValue(Supplier<T> source, Clock clock) {
    this.source = source;
    this.clock = clock;
  }

  /// Returns the value, fetched if it is old.
  ///
  /// @throws IssuerUnavailableException if it cannot be fetched and there is none of the last day
  T get() {
    State<T> seen = state;
    if (isYounger(seen, MAX_AGE)) {
      return usable(seen);
    }
    if (isYounger(seen, MAX_OUTAGE)) {
      if (flight.tryLock()) {
        fetchIf(now -> !isYounger(now, MAX_AGE));
      }
    } else {
      flight.lock();
      fetchIf(now -> !isYounger(now, MAX_AGE));
    }
    return usable(state);
  }

  /// Returns the value, fetched again unless it suffices or an attempt began a moment ago.
  ///
  /// @throws IssuerUnavailableException as [#get] throws it
  T refreshedUnless(Predicate<T> sufficient) {
    T before = get();
    if (sufficient.test(before)) {
      return before;
    }
    flight.lock();
    fetchIf(
        now -> {
          T value = now.value();
          return value == null || !sufficient.test(value);
        });
    return usable(state);
  }

  /// Fetches the value if it is needed and an attempt is due, then releases the lock.
  private void fetchIf(Predicate<State<T>> needed) {
    try {
      if (needed.test(state) && isDue(state)) {
        fetch();
      }
    } finally {
      flight.unlock();
    }
  }

  private void fetch() {
    State<T> before = state;
    Instant now = clock.instant();
    try {
      state = new State<>(source.get(), now, now, null);
    } catch (IssuerUnavailableException e) {
      String failure = String.valueOf(e.getMessage());
      state = new State<>(before.value(), before.fetched(), now, failure);
      LOG.log(
          System.Logger.Level.WARNING,
          isYounger(before, MAX_OUTAGE) ? "{0}; the last good document remains in use" : "{0}",
          failure);
    }
  }

  private boolean isDue(State<T> now) {
    Instant time = clock.instant();
    // After a step of the clock into the past, an attempt is due as well.
    return now.attempted().equals(Instant.MIN)
        || time.isBefore(now.attempted())
        || !time.isBefore(now.attempted().plus(PAUSE));
  }

  private boolean isYounger(State<T> now, Duration age) {
    Instant time = clock.instant();
    return now.value() != null
        && !time.isBefore(now.fetched())
        && time.isBefore(now.fetched().plus(age));
  }

  private T usable(State<T> now) {
    T value = now.value();
    if (value != null && isYounger(now, MAX_OUTAGE)) {
      return value;
    }
    String failure = now.failure();
    throw new IssuerUnavailableException(
        failure == null
            ? "cannot use a document of an issuer: expected one of the last day, found an older"
                + " one; check the clock"
            : failure);
  }
}
