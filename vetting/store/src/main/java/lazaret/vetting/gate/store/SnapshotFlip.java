package lazaret.vetting.gate.store;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import lazaret.vetting.Bytes;
import lazaret.vetting.ledger.LedgerEntry;

/// The commit of a batch that names another served snapshot. All nodes change over in one moment:
/// it is announced first, and from then on each node looks for the commit before each answer.
public final class SnapshotFlip {
  /// The limit of the wait for nodes that do not follow the announcement.
  private static final Duration WAIT = LeaseRun.TERM.multipliedBy(3);

  private SnapshotFlip() {}

  /// Commits a batch. One without a head is committed as it is.
  ///
  /// @throws StoreException as [Store#commit], and with code `store-unavailable` if a node does not
  ///   follow; nothing is committed then
  public static List<LedgerEntry> commit(Store store, Batch batch) {
    Optional<SharedState> nodes = store.shared();
    Optional<Long> head = head(batch);
    if (nodes.isEmpty() || head.isEmpty()) {
      return store.commit(batch);
    }
    nodes.get().announceFlip(head.get(), WAIT);
    try {
      return store.commit(batch);
    } catch (RuntimeException e) {
      cancel(nodes.get(), e);
      throw e;
    }
  }

  /// Ends the announcement after a commit that failed. If this fails, too, the leader ends it.
  private static void cancel(SharedState nodes, RuntimeException failure) {
    try {
      nodes.cancelFlip();
    } catch (StoreException e) {
      failure.addSuppressed(e);
    }
  }

  private static Optional<Long> head(Batch batch) {
    for (Batch.Write write : batch.writes()) {
      if (write instanceof Batch.Write.PutMeta(String name, Bytes value)
          && name.equals(MetaKey.SNAPSHOT_HEAD.code())) {
        return Optional.of(Long.parseLong(value.text()));
      }
    }
    return Optional.empty();
  }
}
