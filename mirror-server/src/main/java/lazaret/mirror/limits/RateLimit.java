package lazaret.mirror.limits;

import java.time.Duration;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.LongSupplier;

/// A rate of units for each client, as token buckets: a client may use a burst at once, and its
/// bucket refills at the rate. A bucket is one number, the time at which it will be full again (the
/// generic cell rate algorithm of ITU-T I.371). Thread-safe; takes are free of locks.
///
/// The number of buckets is bounded. Only full buckets are removed, so that no client gets a full
/// one before its own would have refilled. While all buckets are in use, further clients share
/// buckets, by the hash of their keys. A bucket of their own begins with the level of the shared
/// one.
public final class RateLimit {
  /// The maximum number of clients with a bucket of their own, about 15 MB.
  static final int MAX_BUCKETS = 100_000;

  private static final int SHARED = 1_024;

  /// The mark of a bucket that was removed from the table.
  private static final long REMOVED = Long.MIN_VALUE;

  /// The time of a bucket that was always full.
  private static final long FULL = Long.MIN_VALUE + 1;

  private static final long PAUSE = Duration.ofSeconds(1).toNanos();

  private final Rate rate;
  private final LongSupplier nanos;
  private final long origin;
  private final long window;
  private final int maxBuckets;
  private final ConcurrentHashMap<String, AtomicLong> buckets = new ConcurrentHashMap<>();
  private final AtomicLongArray shared = new AtomicLongArray(SHARED);
  private final int seed = new SplittableRandom().nextInt();
  private final AtomicLong nextRemoval = new AtomicLong();

  /// A permitted rate.
  ///
  /// @param units the units in each period; 0 sets no limit
  /// @param period the time in which an empty bucket gets these units
  /// @param burst the units of a full bucket, at least 1
  public record Rate(int units, Duration period, int burst) {
    public Rate {
      if (units < 0 || burst < 1 || period.isNegative() || period.isZero()) {
        throw new IllegalArgumentException(
            "cannot limit a rate: expected units, a period and a burst, found %d, %s and %d"
                .formatted(units, period, burst));
      }
      if (units > 0) {
        // Every time of a bucket fits into a long, with a margin for the clock.
        Math.multiplyExact(4L * burst, period.toNanos());
      }
    }

    private long nanos(long count) {
      return count * period.toNanos() / units;
    }
  }

  /// Creates a limit without clients.
  ///
  /// @param nanos a clock in nanoseconds; if it goes back, buckets are empty at most
  public RateLimit(Rate rate, LongSupplier nanos) {
    this(rate, nanos, MAX_BUCKETS);
  }

  RateLimit(Rate rate, LongSupplier nanos, int maxBuckets) {
    this.rate = rate;
    this.nanos = nanos;
    this.origin = nanos.getAsLong();
    this.window = rate.units() == 0 ? 0 : rate.nanos(rate.burst());
    this.maxBuckets = maxBuckets;
    for (int i = 0; i < SHARED; i++) {
      shared.set(i, FULL);
    }
  }

  /// Takes units from the bucket of a client. A refusal takes nothing.
  ///
  /// @param key the client
  /// @param units the units, of which at most a burst is counted
  /// @return empty if they were taken, or the time until the bucket has them
  public Optional<Duration> take(String key, int units) {
    if (rate.units() == 0) {
      return Optional.empty();
    }
    long cost = rate.nanos(Math.min(units, rate.burst()));
    while (true) {
      long now = nanos.getAsLong() - origin;
      Bucket bucket = bucket(key, now);
      long full = bucket.get();
      if (full == REMOVED) {
        bucket.remove();
      } else if (full > now + window) {
        // The clock went back. The bucket is empty, and refills from now on.
        boolean _ = bucket.replace(full, now + window);
      } else {
        long next = Math.max(full, now) + cost;
        if (next - now > window) {
          return Optional.of(Duration.ofNanos(next - now - window));
        }
        if (bucket.replace(full, next)) {
          return Optional.empty();
        }
      }
    }
  }

  /// Returns the number of clients that have a bucket of their own.
  int clients() {
    return buckets.size();
  }

  private Bucket bucket(String key, long now) {
    AtomicLong own = buckets.get(key);
    if (own != null) {
      return new Bucket.Own(buckets, key, own);
    }
    if (buckets.size() >= maxBuckets) {
      removeFull(now);
    }
    int index = Math.floorMod(key.hashCode() * 0x9E3779B1 ^ seed, SHARED);
    return buckets.size() >= maxBuckets
        ? new Bucket.Shared(shared, index)
        : new Bucket.Own(
            buckets, key, buckets.computeIfAbsent(key, _ -> new AtomicLong(shared.get(index))));
  }

  /// Removes the buckets that are full, at most once a second.
  private void removeFull(long now) {
    long due = nextRemoval.get();
    if ((now < due && due - now <= PAUSE) || !nextRemoval.compareAndSet(due, now + PAUSE)) {
      return;
    }
    buckets.forEach(
        (key, bucket) -> {
          long full = bucket.get();
          if (full <= now && bucket.compareAndSet(full, REMOVED)) {
            buckets.remove(key, bucket);
          }
        });
  }

  /// The place of the number of one or several clients.
  private sealed interface Bucket {
    long get();

    boolean replace(long known, long next);

    void remove();

    /// The bucket of one client.
    record Own(ConcurrentHashMap<String, AtomicLong> table, String key, AtomicLong full)
        implements Bucket {
      @Override
      public long get() {
        return full.get();
      }

      @Override
      public boolean replace(long known, long next) {
        return full.compareAndSet(known, next);
      }

      @Override
      public void remove() {
        table.remove(key, full);
      }
    }

    /// A bucket of the clients of one hash.
    record Shared(AtomicLongArray table, int index) implements Bucket {
      @Override
      public long get() {
        return table.get(index);
      }

      @Override
      public boolean replace(long known, long next) {
        return table.compareAndSet(index, known, next);
      }

      @Override
      public void remove() {
        // Shared buckets stay.
      }
    }
  }
}
