package lazaret.vetting.gate.evaluation;

import java.util.function.Consumer;
import java.util.function.Supplier;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.gate.store.Store;
import lazaret.vetting.gate.store.StoreException;
import lazaret.vetting.gate.store.WriteConflict;

/// The turns of the writers of each crate: one at a time in this process, and again after a
/// conflict with another node. Thread-safe.
final class CrateTurns {
  private final Store store;
  private final Consumer<CrateName> drop;

  /// The crate whose turn the calling thread has, by its collision key.
  private final ScopedValue<String> turn = ScopedValue.newInstance();

  /// Creates the turns over a store.
  ///
  /// @param drop drops the state of a crate from the heap
  CrateTurns(Store store, Consumer<CrateName> drop) {
    this.store = store;
    this.drop = drop;
  }

  /// Runs an action as [CrateStates#exclusively] does.
  <T> T take(CrateName name, Supplier<T> action) {
    String key = name.collisionKey();
    if (turn.isBound() && turn.get().equals(key)) {
      return action.get();
    }
    return store.withCrateLock(
        name,
        () ->
            ScopedValue.where(turn, key)
                .call(() -> WriteConflict.repeat(() -> attempted(name, action))));
  }

  private <T> T attempted(CrateName name, Supplier<T> action) {
    try {
      return action.get();
    } catch (StoreException e) {
      if (!e.refusesWrites()) {
        // The store has a newer state, or it is not known which one it has.
        drop.accept(name);
      }
      throw e;
    }
  }
}
