package lazaret.vetting.gate.store;

import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.ledger.LedgerEntry;

/// The locks by which the writers of one process take turns, and the conditions that their commits
/// have therefore. A store has one object of this class. Thread-safe; virtual threads wait without
/// occupying a carrier.
public final class WriterLocks {
  private static final int STRIPES = 64;

  private final CrateLocks crates = new CrateLocks();
  private final LocalLeases leases = new LocalLeases(System::nanoTime);
  private final ReentrantLock[] scopes = new ReentrantLock[STRIPES];
  private final ScopedValue<Turn> turn = ScopedValue.newInstance();

  /// Creates unused locks.
  public WriterLocks() {
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

    CrateLocks() {
      for (int i = 0; i < STRIPES; i++) {
        locks[i] = new ReentrantLock();
      }
    }

    /// Runs an action on the caller's thread while no other writer of the same crate runs one.
    ///
    /// @throws IllegalStateException if the caller already has the turn of another crate, since two
    ///   such callers could deadlock
    <T> T take(CrateName name, Supplier<T> action) {
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
