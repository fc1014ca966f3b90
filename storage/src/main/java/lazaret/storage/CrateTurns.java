package lazaret.storage;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import lazaret.vetting.crates.CrateName;

/// Lets the writers of one crate take turns, so that no decision is made on a view that another
/// writer is replacing. A fixed number of locks is shared by all crates: a few crates wait for each
/// other without need, and nobody can make the gate keep a lock per name that was ever asked for.
/// Thread-safe; virtual threads wait without holding a carrier.
public final class CrateTurns {
  private static final int STRIPES = 256;

  private final ReentrantLock[] locks = new ReentrantLock[STRIPES];
  private final ScopedValue<String> taken = ScopedValue.newInstance();

  /// Creates locks that nobody holds.
  public CrateTurns() {
    for (int i = 0; i < STRIPES; i++) {
      locks[i] = new ReentrantLock();
    }
  }

  /// Runs an action on the caller's thread while no other writer of the same crate runs one.
  ///
  /// @throws IllegalStateException if the caller already has the turn of another crate: two such
  ///   callers could wait for each other for ever
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
