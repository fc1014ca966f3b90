package lazaret.vetting.gate.store;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.ledger.LedgerEntry;
import org.jspecify.annotations.Nullable;

/// The locks by which the writers of one process take turns, and the conditions that their commits
/// have therefore. A store has one object of this class. Thread-safe; virtual threads wait without
/// occupying a carrier.
public final class WriterLocks {
  private static final int STRIPES = 64;

  private final CrateLocks crates;
  private final LocalLeases leases = new LocalLeases(System::nanoTime);
  private final ReentrantLock[] scopes = new ReentrantLock[STRIPES];
  private final ScopedValue<Turn> turn = ScopedValue.newInstance();

  /// Creates unused locks, whose waits have no limit.
  public WriterLocks() {
    this(null);
  }

  /// Creates unused locks.
  ///
  /// @param longestWait the limit of a wait for the turn of a crate, for a store whose writes may
  ///   wait for another machine; null if there is none
  public WriterLocks(@Nullable Duration longestWait) {
    crates = new CrateLocks(longestWait);
    for (int i = 0; i < STRIPES; i++) {
      scopes[i] = new ReentrantLock();
    }
  }

  /// Locks by which the writers of one crate take turns, so that no decision is made on a view that
  /// another writer is replacing. All crates share a fixed number of locks. A few crates therefore
  /// wait for each other unnecessarily, but clients cannot make the gate keep a lock for each name
  /// that they request. Thread-safe; virtual threads wait without occupying a carrier.
  private static final class CrateLocks {
    private static final int STRIPES = 256;

    private final ReentrantLock[] locks = new ReentrantLock[STRIPES];
    private final ScopedValue<String> taken = ScopedValue.newInstance();
    private final @Nullable Duration longestWait;

    CrateLocks(@Nullable Duration longestWait) {
      this.longestWait = longestWait;
      for (int i = 0; i < STRIPES; i++) {
        locks[i] = new ReentrantLock();
      }
    }

    /// Runs an action on the caller's thread while no other writer of the same crate runs one.
    ///
    /// @throws IllegalStateException if the caller already has the turn of another crate, since two
    ///   such callers could deadlock
    /// @throws StoreException with code `store-unavailable` if the wait reaches its limit
    <T> T take(CrateName name, Supplier<T> action) {
      String key = name.collisionKey();
      if (taken.isBound() && !taken.get().equals(key)) {
        throw new IllegalStateException(
            "cannot take the turn of " + key + " while holding that of " + taken.get());
      }
      int hash = key.hashCode();
      ReentrantLock lock = locks[(hash ^ (hash >>> 16)) & (STRIPES - 1)];
      await(lock, name);
      try {
        return ScopedValue.where(taken, key).call(action::get);
      } finally {
        lock.unlock();
      }
    }

    /// Waits for a lock. An interrupt does not end the wait, as with a wait without a limit.
    private void await(ReentrantLock lock, CrateName name) {
      Duration limit = longestWait;
      if (limit == null) {
        lock.lock();
        return;
      }
      boolean interrupted = false;
      long end = System.nanoTime() + limit.toNanos();
      try {
        while (true) {
          try {
            if (lock.tryLock(end - System.nanoTime(), TimeUnit.NANOSECONDS)) {
              return;
            }
            throw new StoreException(
                ErrorCode.STORE_UNAVAILABLE,
                "cannot use crate '%s': expected the end of another write of it within %d s, found none; try again"
                    .formatted(name.published(), limit.toSeconds()),
                null);
          } catch (InterruptedException _) {
            interrupted = true;
          }
        }
      } finally {
        if (interrupted) {
          Thread.currentThread().interrupt();
        }
      }
    }
  }

  /// The turn of one thread in a scope.
  private static final class Turn {
    private final WriteScope scope;
    private final boolean shared;
    private long number;

    Turn(WriteScope scope, boolean shared, long number) {
      this.scope = scope;
      this.shared = shared;
      this.number = number;
    }
  }

  /// Runs an action while no other writer of the crate runs one in this process.
  ///
  /// @throws IllegalStateException if the caller already has the turn of another crate, since two
  ///   such callers could deadlock
  /// @throws StoreException with code `store-unavailable` if the wait reaches its limit
  public <T> T crate(CrateName name, Supplier<T> action) {
    return crates.take(name, action);
  }

  /// Returns the leases of a store that one process has.
  public Leases leases() {
    return leases;
  }

  /// Runs an action while no other writer of the scope runs one, for a store that one process has.
  ///
  /// @throws IllegalStateException if the caller has the turn of another scope, since two such
  ///   callers could deadlock
  public <T> T serially(WriteScope scope, Supplier<T> action) {
    return isInside(scope)
        ? action.get()
        : locked(scope, () -> during(new Turn(scope, false, 0), action));
  }

  /// Runs an action while no other writer of the scope runs one, for a store that several nodes
  /// share. It runs again if another node committed in the scope meanwhile.
  ///
  /// @param numbers reads the number of a scope from the store; 0 if it has none
  /// @throws IllegalStateException if the caller has the turn of another scope
  public <T> T serially(WriteScope scope, ToLongFunction<WriteScope> numbers, Supplier<T> action) {
    return isInside(scope)
        ? action.get()
        : locked(
            scope,
            () ->
                WriteConflict.repeat(
                    // The number is read before the data: a later change of it is a conflict.
                    () -> during(new Turn(scope, true, numbers.applyAsLong(scope)), action)));
  }

  private boolean isInside(WriteScope scope) {
    if (!turn.isBound()) {
      return false;
    }
    WriteScope taken = turn.get().scope;
    if (!taken.equals(scope)) {
      throw new IllegalStateException(
          "cannot take the turn of '%s' while holding that of '%s'"
              .formatted(scope.name(), taken.name()));
    }
    return true;
  }

  private <T> T locked(WriteScope scope, Supplier<T> action) {
    int hash = scope.hashCode();
    ReentrantLock lock = scopes[(hash ^ (hash >>> 16)) & (STRIPES - 1)];
    lock.lock();
    try {
      return action.get();
    } finally {
      lock.unlock();
    }
  }

  private <T> T during(Turn mine, Supplier<T> action) {
    return ScopedValue.where(turn, mine).call(action::get);
  }

  /// Commits a batch to a store that one process has, while the leases of the batch and of the
  /// calling thread are held.
  ///
  /// @param engine applies the batch; it need not look at conditions
  /// @throws StoreException with code `lease-lost` if a lease was lost; nothing is committed
  public List<LedgerEntry> commit(Batch batch, Function<Batch, List<LedgerEntry>> engine) {
    Batch all = batch.under(Lease.held());
    return leases.during(all, () -> engine.apply(all));
  }

  /// Commits a batch to a store that several nodes share, with the leases and the scope of the
  /// calling thread as further conditions.
  ///
  /// @param engine applies the batch if its conditions hold, and throws their refusal otherwise
  public List<LedgerEntry> commitShared(Batch batch, Function<Batch, List<LedgerEntry>> engine) {
    Batch all = batch.under(Lease.held());
    if (!turn.isBound() || !turn.get().shared) {
      return engine.apply(all);
    }
    Turn mine = turn.get();
    List<LedgerEntry> entries =
        engine.apply(all.with(new BatchCondition.ScopeAt(mine.scope, mine.number)));
    mine.number++;
    return entries;
  }
}
