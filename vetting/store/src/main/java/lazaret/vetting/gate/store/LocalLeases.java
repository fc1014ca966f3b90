package lazaret.vetting.gate.store;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// The leases of a store that one process has, in heap. Thread-safe.
final class LocalLeases implements Leases {
  private final UUID holder = UUID.randomUUID();
  private final LongSupplier nanoTime;

  /// Commits under a lease read; a change of the holder writes.
  private final ReentrantReadWriteLock turn = new ReentrantReadWriteLock();

  // Both guarded by turn.
  private final Map<String, Held> held = new HashMap<>();
  private long epoch;

  /// Creates leases of which none is taken.
  ///
  /// @param nanoTime a monotonic clock, in nanoseconds
  LocalLeases(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  private record Held(Lease lease, long until) {}

  @Override
  public Optional<Lease> take(String key, Duration term) {
    turn.writeLock().lock();
    try {
      long now = nanoTime.getAsLong();
      Held known = held.get(key);
      if (known != null && known.until() - now >= 0) {
        return Optional.empty();
      }
      Lease lease = new Lease(key, holder, ++epoch);
      held.put(key, new Held(lease, now + term.toNanos()));
      return Optional.of(lease);
    } finally {
      turn.writeLock().unlock();
    }
  }

  @Override
  public boolean extend(Lease lease, Duration term) {
    turn.writeLock().lock();
    try {
      if (!isHeld(lease)) {
        return false;
      }
      held.put(lease.key(), new Held(lease, nanoTime.getAsLong() + term.toNanos()));
      return true;
    } finally {
      turn.writeLock().unlock();
    }
  }

  @Override
  public void release(Lease lease) {
    turn.writeLock().lock();
    try {
      if (isHeld(lease)) {
        held.remove(lease.key());
      }
    } finally {
      turn.writeLock().unlock();
    }
  }

  private boolean isHeld(Lease lease) {
    Held known = held.get(lease.key());
    return known != null && known.lease().equals(lease);
  }

  /// Runs a commit while no other thread can take the leases of its batch, and releases those that
  /// end with it.
  ///
  /// @throws StoreException with code `lease-lost` if one of them was lost; the commit is not run
  <T> T during(Batch batch, Supplier<T> commit) {
    List<BatchCondition.LeaseHeld> leases = batch.leases();
    if (leases.isEmpty()) {
      return commit.get();
    }
    T result;
    turn.readLock().lock();
    try {
      for (BatchCondition.LeaseHeld each : leases) {
        if (!isHeld(each.lease())) {
          throw each.refusal();
        }
      }
      result = commit.get();
    } finally {
      turn.readLock().unlock();
    }
    leases.stream()
        .filter(BatchCondition.LeaseHeld::ends)
        .map(BatchCondition.LeaseHeld::lease)
        .forEach(this::release);
    return result;
  }
}
