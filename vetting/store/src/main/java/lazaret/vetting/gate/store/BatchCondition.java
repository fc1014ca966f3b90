package lazaret.vetting.gate.store;

import lazaret.vetting.ErrorCode;
import lazaret.vetting.crates.CrateName;

/// A condition of a batch. A store that several nodes share checks it in the transaction of the
/// batch, and applies all of the batch or none of it. A store that one process has checks leases
/// alone, because its writers take turns.
public sealed interface BatchCondition {
  /// Returns the failure of a batch that does not meet the condition.
  StoreException refusal();

  /// The condition that the rows of a crate did not change since they were read. The rows are the
  /// index file, the view, the decisions and the findings that its verdicts rest on.
  ///
  /// @param revision the revision that was read with the rows ([CrateRecords#revision])
  /// @param next the revision from then on: one of [Store#nextRevision], or the same one if the
  ///   batch changes nothing that a verdict rests on
  record CrateAt(CrateName name, long revision, long next) implements BatchCondition {
    /// Returns whether the batch changes the rows, so that other nodes must read them again.
    public boolean changes() {
      return next != revision;
    }

    @Override
    public StoreException refusal() {
      return new StoreException(
          ErrorCode.STORE_CONFLICT,
          "cannot change %s: expected revision %d, found that another node changed it; try again"
              .formatted(name.published(), revision),
          null);
    }
  }

  /// The condition that no other writer committed in a scope since its number was read. The batch
  /// sets the number to the next one.
  ///
  /// @param number the number that was read before the data; 0 if the scope has none yet
  record ScopeAt(WriteScope scope, long number) implements BatchCondition {
    @Override
    public StoreException refusal() {
      return new StoreException(
          ErrorCode.STORE_CONFLICT,
          "cannot change '%s': expected number %d, found that another node changed it; try again"
              .formatted(scope.name(), number),
          null);
    }
  }

  /// The condition that a lease is still held.
  ///
  /// @param ends whether the batch releases it
  record LeaseHeld(Lease lease, boolean ends) implements BatchCondition {
    @Override
    public StoreException refusal() {
      return new StoreException(
          lease,
          "cannot write under the lease '%s': expected to hold it, found that it was lost; the work continues at its new holder"
              .formatted(lease.key()));
    }
  }
}
