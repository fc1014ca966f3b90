package lazaret.vetting.gate.snapshots;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongFunction;
import java.util.stream.Stream;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.gate.store.CrateRecords;
import lazaret.vetting.gate.store.MetaKey;
import lazaret.vetting.gate.store.Snapshots;
import lazaret.vetting.gate.store.Store;
import lazaret.vetting.gate.store.StoreException;
import lazaret.vetting.index.Freshness;
import lazaret.vetting.index.IndexView;
import lazaret.vetting.index.StoredCrate;
import lazaret.vetting.index.Validators;
import lazaret.vetting.ledger.Decision;
import lazaret.vetting.ledger.LedgerEntry;
import lazaret.vetting.search.CrateSummary;
import lazaret.vetting.snapshot.SnapshotCrate;
import lazaret.vetting.snapshot.SnapshotInfo;

/// A store as a gate sees it. Without a served snapshot it is the store itself. With one, crates
/// and the decisions that came with them are those of the snapshot, and all other data is the
/// store's own. One write of [MetaKey#SNAPSHOT_HEAD] switches all of it at once.
public final class SnapshotViewStore extends ForwardingStore {
  private final Store store;
  private final ReentrantLock switching = new ReentrantLock();
  private volatile long head;

  /// Creates the gate's view of a store. Closing it closes the store.
  public SnapshotViewStore(Store store) {
    super(store);
    this.store = store;
    this.head = store.snapshots().head();
  }

  /// Serves the snapshot that the store names, after a node changed it. One call after the other
  /// reads it, so that the last one has the last snapshot.
  public void switchToStored() {
    switching.lock();
    try {
      head = store.snapshots().head();
    } finally {
      switching.unlock();
    }
  }

  /// Returns the rows of a crate; in a snapshot, its lines with the revision of the stored rows.
  @Override
  public Optional<CrateRecords> records(CrateName name) {
    return steady(now -> now == 0 ? store.records(name) : CrateRecords.read(this, name));
  }

  @Override
  public Optional<StoredCrate> crate(CrateName name) {
    return steady(
        now ->
            now == 0
                ? store.crate(name)
                : store.snapshots().crate(name, now).map(SnapshotAdapter::held));
  }

  /// Repeats a read if another snapshot came into force meanwhile. The rows of the previous one may
  /// be removed while they are read.
  private <T> T steady(LongFunction<T> reading) {
    while (true) {
      long now = head;
      T found = reading.apply(now);
      if (now == head) {
        return found;
      }
    }
  }

  /// Returns the freshness of a crate; in a snapshot, the moment at which its bundle was issued.
  @Override
  public Optional<Freshness> freshness(CrateName name) {
    return steady(
        now ->
            now == 0
                ? store.freshness(name)
                : info(now)
                    .filter(_ -> store.snapshots().crate(name, now).isPresent())
                    .map(i -> new Freshness(Validators.NONE, i.issued(), i.issued())));
  }

  /// Returns the stored view of a crate. Views of a snapshot are in heap only, since the next
  /// snapshot has others.
  @Override
  public Optional<IndexView> view(CrateName name) {
    return head == 0 ? store.view(name) : Optional.empty();
  }

  /// Returns the stored summary of a crate. Summaries of a snapshot are in heap only.
  @Override
  public Optional<CrateSummary> summary(CrateName name) {
    return head == 0 ? store.summary(name) : Optional.empty();
  }

  @Override
  public Counts counts() {
    Counts own = store.counts();
    return steady(
        now -> now == 0 ? own : own.withCrates(info(now).map(SnapshotInfo::crates).orElse(0L)));
  }

  @Override
  public Stream<String> names() {
    long now = head;
    return now == 0 ? store.names() : store.snapshots().leaves(now).map(Snapshots.Leaf::key);
  }

  @Override
  public Stream<String> names(String from) {
    return head == 0 ? store.names(from) : names().filter(name -> name.compareTo(from) >= 0);
  }

  @Override
  public List<Decision> decisions(CrateName name) {
    List<Decision> own = store.decisions(name);
    return steady(now -> now == 0 ? own : decisions(name, now, own));
  }

  private List<Decision> decisions(CrateName name, long now, List<Decision> own) {
    Optional<SnapshotCrate> crate = store.snapshots().crate(name, now);
    return crate.map(c -> SnapshotAdapter.decisions(c, now, own)).orElse(own);
  }

  @Override
  public Stream<StoredCrate> crates() {
    long now = head;
    return now == 0 ? store.crates() : store.snapshots().crates(now).map(SnapshotAdapter::held);
  }

  /// Commits a batch; while a snapshot is served, without the writes that it replaces.
  @Override
  public List<LedgerEntry> commit(Batch batch) {
    Batch kept = head == 0 ? batch : SnapshotWriteFilter.kept(batch);
    List<LedgerEntry> entries =
        SnapshotWriteFilter.isIdle(batch, kept) ? List.of() : store.commit(kept);
    for (Batch.Write write : batch.writes()) {
      if (write instanceof Batch.Write.PutMeta(String name, Bytes value)
          && name.equals(MetaKey.SNAPSHOT_HEAD.code())) {
        head = Long.parseLong(value.text());
        if (store.shared().isPresent()) {
          switchAgain();
        }
      }
    }
    return entries;
  }

  /// Serves the snapshot of another node if one came after that of a commit of this node, which was
  /// stopped in between.
  private void switchAgain() {
    try {
      switchToStored();
    } catch (StoreException _) {
      // The commit is made, and the beat that reads its change reads the snapshot again.
    }
  }

  private Optional<SnapshotInfo> info(long sequence) {
    return store.snapshots().all().stream().filter(s -> s.sequence() == sequence).findFirst();
  }

  @Override
  public Snapshots snapshots() {
    return new ViewedSnapshots(store.snapshots(), () -> head);
  }
}
