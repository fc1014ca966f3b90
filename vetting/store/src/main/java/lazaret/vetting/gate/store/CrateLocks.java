package lazaret.vetting.gate.store;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import lazaret.vetting.crates.CrateName;

/// Locks by which the writers of one crate take turns, so that no decision is made on a view that
/// another writer is replacing. All crates share a fixed number of locks. A few crates therefore
/// wait for each other unnecessarily, but clients cannot make the gate keep a lock for each name
/// that they request. Thread-safe; virtual threads wait without occupying a carrier.
public final class CrateLocks {
  private static final int STRIPES = 256;

  private final ReentrantLock[] locks = new ReentrantLock[STRIPES];
  private final ScopedValue<String> taken = ScopedValue.newInstance();

  /// Creates unused locks.
  public CrateLocks() {
    for (int i = 0; i < STRIPES; i++) {
      locks[i] = new ReentrantLock();
    }
  }

  /// Runs an action on the caller's thread while no other writer of the same crate runs one.
  ///
  /// @throws IllegalStateException if the caller already has the turn of another crate, since two
  ///   such callers could deadlock
  public <T> T take(CrateName name, Supplier<T> action) {
    String key = name.collisionKey();
    if (taken.isBound() && !taken.get().equals(key)) {
      throw new IllegalStateException(
          "cannot take the turn of " + key + " while holding that of " + taken.get());
    }
    int hash = key.hashCode();
    ReentrantLock lock = locks[(hash ^ (hash >>> 16)) & (STRIPES - 1)];
    lock.lock();
    try {
      return ScopedValue.where(taken, key).call(action::get);
    } finally {
      lock.unlock();
    }
  }
}
