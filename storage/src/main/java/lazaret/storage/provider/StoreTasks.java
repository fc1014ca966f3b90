package lazaret.storage.provider;

import java.time.Duration;
import java.util.List;
import lazaret.vetting.crates.Sha256;

/// The work that keeps a store in order which several servers share, with its figures. Thread-safe,
/// except that each method that blocks is for one thread at a time.
public interface StoreTasks {
  /// The tasks of a store that needs none.
  StoreTasks NONE =
      new StoreTasks() {
        @Override
        public void sweep() {
          // There is nothing to remove.
        }

        @Override
        public List<Sha256> damaged() {
          return List.of();
        }

        @Override
        public Figures figures() {
          return new Figures(0, Duration.ZERO, Duration.ZERO, true, 0);
        }
      };

  /// Removes what nothing refers to any more: objects of artifacts, changes that all nodes know,
  /// nodes and leases that ended. The leader calls it each minute; two at once do no harm.
  ///
  /// @throws lazaret.vetting.gate.store.StoreException if the store does not answer; what was done
  ///   is kept
  void sweep();

  /// Reads objects again that gave wrong bytes to this node. Each node calls it some times a
  /// minute.
  ///
  /// @return the artifacts whose objects are damaged. A read of each fails with `store-corrupt`
  /// @throws lazaret.vetting.gate.store.StoreException if the database does not answer
  List<Sha256> damaged();

  /// Returns the figures of this node, without blocking.
  Figures figures();

  /// The figures of one node.
  ///
  /// @param statements the number of statements that it sent to the database since its start
  /// @param headLag the time for which its last acknowledged write is not recorded in the object
  ///   store; zero if it is
  /// @param unrecorded the time for which that write is recorded neither in the object store nor in
  ///   the data folder; zero if it is in one of both
  /// @param compared whether the store was compared with the records in the object store since the
  ///   start
  /// @param suspects the number of objects that gave wrong bytes and are read again
  record Figures(
      long statements, Duration headLag, Duration unrecorded, boolean compared, int suspects) {
    /// The time after which decisions are refused because the last write is recorded nowhere
    /// outside of the database.
    public static final Duration LONGEST_UNRECORDED = Duration.ofMinutes(1);
  }
}
