package lazaret.vetting.gate.store;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// The knowledge of one node about the changes of the others. The node reads the decision counter
/// at short intervals, by a write that the database replicates: the *beat*. Thread-safe.
public interface SharedState {
  /// Returns whether the last successful beat began less than [#maxStaleness] ago, by the monotonic
  /// clock of this node. Each request asks: one volatile read and one of the clock.
  default boolean isCurrent() {
    return age().compareTo(maxStaleness()) < 0;
  }

  /// Returns the time since the last successful beat began.
  Duration age();

  /// Returns the maximum age of the knowledge with which the node serves; all nodes have the same.
  Duration maxStaleness();

  /// Waits until a beat that begins after this call has succeeded, and its changes are applied.
  /// Callers share beats.
  ///
  /// @throws StoreException with code `store-unavailable` if the database does not answer in time
  void refresh();

  /// Returns the database time, by which nodes compare times that one of them wrote. It is that of
  /// the last beat, and the time since then by the monotonic clock: the database is not asked.
  Instant now();

  /// Returns the database time by which all that is committed before this call is in force on each
  /// node. It is an upper limit.
  Instant inForceBy();

  /// Sets the receiver of changes; called once, before the node serves.
  void follow(ChangeListener listener);

  /// Returns whether another snapshot is about to be served. Then each request calls [#refresh]
  /// before it is answered, so that all nodes change over in one moment.
  boolean isFlipAnnounced();

  /// Announces that another snapshot is about to be served, and waits until each live node
  /// refreshes before each answer. The commit of the new head ends the announcement.
  ///
  /// @param sequence the next snapshot
  /// @param wait the maximum wait
  /// @throws StoreException with code `store-unavailable` if a live node does not follow in time
  void announceFlip(long sequence, Duration wait);

  /// Ends the announcement of a snapshot that is not served after all.
  void cancelFlip();

  /// Reports the policy that is in force on this node to the others.
  ///
  /// @param digest its digest
  void reportPolicy(String digest);

  /// Returns the nodes that the database knows, by name, this one included.
  List<ClusterNode> nodes();

  /// A receiver of changes by other nodes, and of those by this one whose commit had an unknown
  /// outcome. Called on the thread of the beats, before the node counts as current again; must
  /// neither block nor throw, and must not call the store.
  interface ChangeListener {
    /// Reports changes in the order of the decision counter; those of one number are sorted.
    ///
    /// @param changes at least one; [StoreChange#EVERYTHING] if some were missed
    void changed(List<StoreChange> changes);
  }
}
