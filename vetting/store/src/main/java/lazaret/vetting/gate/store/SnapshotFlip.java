package lazaret.vetting.gate.store;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
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
    return announced(store, batch, () -> store.commit(batch));
  }

  /// Commits a batch together with writes that are made in a scope. No writer of the scope commits
  /// between what they read and this commit.
  ///
  /// @param batch the batch without these writes
  /// @param more makes the writes; it runs again if another node wrote in the scope meanwhile
  /// @throws StoreException as [#commit(Store, Batch)]
  public static List<LedgerEntry> commit(
      Store store, Batch batch, WriteScope scope, Supplier<List<Batch.Write>> more) {
    // The scope is taken after the announcement, whose wait would keep other writers waiting.
    return announced(
        store,
        batch,
        () ->
            store.serially(
                scope,
                () -> {
                  List<Batch.Write> all = new ArrayList<>(batch.writes());
                  all.addAll(more.get());
                  return store.commit(batch.withWrites(all));
                }));
  }

  private static List<LedgerEntry> announced(
      Store store, Batch batch, Supplier<List<LedgerEntry>> commit) {
    Optional<SharedState> nodes = store.shared();
    Optional<Long> head = head(batch);
    if (nodes.isEmpty() || head.isEmpty()) {
      return commit.get();
    }
    nodes.get().announceFlip(head.get(), WAIT);
    try {
      return commit.get();
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
