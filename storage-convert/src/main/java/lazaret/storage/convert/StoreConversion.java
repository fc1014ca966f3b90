package lazaret.storage.convert;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import lazaret.storage.backup.BackupReader;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.gate.store.Batch.Write;
import lazaret.vetting.gate.store.ClusterNode;
import lazaret.vetting.gate.store.ConversionState;
import lazaret.vetting.gate.store.LeaseRun;
import lazaret.vetting.gate.store.RunningOperation;
import lazaret.vetting.gate.store.Store;
import lazaret.vetting.gate.store.StoreCondition;
import lazaret.vetting.gate.store.StoreException;
import lazaret.vetting.ledger.LedgerEntry;
import lazaret.vetting.snapshot.SnapshotInfo;
import lazaret.vetting.snapshot.StateTree;
import lazaret.vetting.text.Coded;

/// The conversion of a store into an empty one, which may have another engine. Rows are written in
/// pages, and each page moves the position that the target keeps in the same batch. A conversion
/// that ended at any moment is therefore continued by another call. At the end both stores are read
/// whole and compared; until they are equal, no server opens the target.
///
/// No server works on either store meanwhile. Views and summaries are not copied.
public final class StoreConversion {
  /// The key of the lease of a conversion in a target that several nodes share.
  private static final String LEASE = "conversion";

  private static final int MOST_ROWS = 500;
  private static final long MOST_BYTES = 8L << 20;

  private final Store source;
  private final Store target;
  private final RunningOperation operation = RunningOperation.current();
  private ConversionState state;

  private StoreConversion(Store source, Store target, ConversionState state) {
    this.source = source;
    this.target = target;
    this.state = state;
  }

  /// Converts a store, or continues a conversion of the same store into the same target.
  ///
  /// @param target an empty store, or one into which a conversion began
  /// @throws StoreException with code `store-unusable` if a server works on one of the stores, or
  ///   the target has other data; `store-loss` if the source lost acknowledged writes;
  ///   `store-corrupt` if a row of the source is damaged, or the stores differ at the end; or as a
  ///   store throws it. The conversion can be continued
  public static ConversionReport run(Store source, Store target) {
    return run(source, target, () -> {});
  }

  /// Converts a store as [#run(Store, Store)] does.
  ///
  /// @param last runs once both stores are equal, before a server can open the target. It runs
  ///   again if the conversion ends before it is complete
  public static ConversionReport run(Store source, Store target, Runnable last) {
    requireAlone(source, "source");
    requireAlone(target, "target");
    requireWhole(source);
    return new LeaseRun(target, LEASE)
        .run(() -> new StoreConversion(source, target, begin(source, target)).run(last));
  }

  /// Restores a backup into an empty store that several nodes may share. Until all is restored and
  /// compared with the backup, no server opens the store. After a failure it has to be emptied.
  ///
  /// @param backup what [BackupReader#restore] takes
  /// @return the numbers of rows of the store
  /// @throws StoreException with code `store-unusable` if a server works on the store, or it has
  ///   data; or as [BackupReader#restore] and [#requireRoots] throw it
  public static Store.Counts restore(Path backup, Store target) {
    requireAlone(target, "target");
    return new LeaseRun(target, LEASE)
        .run(
            () -> {
              if (ConversionState.read(target).isPresent()) {
                throw unusable("expected an empty target, found one that was filled before");
              }
              requireEmpty(target);
              ConversionState begun = ConversionState.begin(target, ConversionState.BACKUP);
              target.commit(Batch.synced(List.of(begun.write())));
              BackupReader.restore(backup, target);
              requireRoots(target);
              target.commit(Batch.synced(List.of(begun.completed().write())));
              return target.counts();
            });
  }

  /// Refuses a store on which a server works. A node that ended without notice counts for as long
  /// as it could still be alive.
  private static void requireAlone(Store store, String which) {
    List<String> live =
        store.shared().stream()
            .flatMap(shared -> shared.nodes().stream())
            .filter(ClusterNode::live)
            .map(ClusterNode::name)
            .toList();
    // This program is one of the nodes.
    if (live.size() > 1) {
      throw new StoreException(
          ErrorCode.STORE_UNUSABLE,
          "cannot fill the store: expected no server on the %s, found the nodes %s; stop them, and wait for ten times 'cluster.max-staleness', ten seconds at least, if one was killed"
              .formatted(which, String.join(", ", live)),
          null);
    }
  }

  /// Refuses a source without all its data: servers would serve from the target what a decision
  /// that it lost withholds.
  private static void requireWhole(Store source) {
    ConversionState.requireComplete(source);
    StoreCondition condition = source.condition();
    if (condition.withholds()) {
      throw new StoreException(
          ErrorCode.STORE_LOSS, "cannot convert the store: " + condition.refusal(), null);
    }
  }

  private static ConversionState begin(Store source, Store target) {
    Optional<ConversionState> found = ConversionState.read(target);
    if (found.isEmpty()) {
      requireEmpty(target);
      ConversionState begun = ConversionState.begin(source, RowKind.FEEDS.code());
      target.commit(Batch.synced(List.of(begun.write())));
      return begun;
    }
    ConversionState known = found.get();
    if (known.isComplete()) {
      throw unusable("expected an empty target, found one that was converted before");
    }
    if (!isOf(source, known)) {
      throw unusable("expected the source of the conversion that began, found another store");
    }
    return known;
  }

  private static void requireEmpty(Store target) {
    boolean empty =
        target.counts().equals(new Store.Counts(0, 0, 0))
            && target.ledgerHead().isEmpty()
            && target.tokens().isEmpty()
            && target.feeds().isEmpty();
    if (!empty) {
      throw unusable("expected an empty target, found one with data");
    }
  }

  /// Returns whether a store has the ledger entry at which a conversion began. Its ledger may have
  /// more entries by now, for example of a check that removed a damaged artifact.
  private static boolean isOf(Store source, ConversionState known) {
    if (known.sequence() == 0) {
      return true;
    }
    try (Stream<LedgerEntry> rest = source.ledger(known.sequence() - 1)) {
      return rest.findFirst().filter(entry -> entry.hash().equals(known.hash())).isPresent();
    }
  }

  private static StoreException unusable(String why) {
    return new StoreException(
        ErrorCode.STORE_UNUSABLE, "cannot fill the store: " + why + "; name an empty target", null);
  }

  private ConversionReport run(Runnable last) {
    RowKind reached =
        Coded.find(RowKind.class, state.kind())
            .orElseThrow(() -> unusable("found a restoration, or a conversion by a newer program"));
    for (RowKind kind : RowKind.values()) {
      if (kind.compareTo(reached) >= 0) {
        copy(kind, kind == reached ? state.rows() : 0);
      }
    }
    ConversionReport report = compared();
    requireAlone(source, "source");
    requireWhole(source);
    last.run();
    target.commit(Batch.synced(List.of(state.completed().write())));
    return report;
  }

  private void copy(RowKind kind, long done) {
    operation.begin(kind.code(), 0, "rows");
    var page = new Page(kind, done);
    try (Stream<Write> rows = kind.rows(source, done)) {
      rows.forEachOrdered(page::add);
    }
    page.write();
  }

  /// The rows of the next batch.
  private final class Page {
    private final RowKind kind;
    private final List<Write> writes = new ArrayList<>();
    private long done;
    private long bytes;

    Page(RowKind kind, long done) {
      this.kind = kind;
      this.done = done;
    }

    void add(Write write) {
      writes.add(write);
      bytes += RowEncoder.size(write);
      if (writes.size() >= MOST_ROWS || bytes >= MOST_BYTES) {
        write();
      }
    }

    void write() {
      done += writes.size();
      state = state.at(kind.code(), done);
      writes.add(state.write());
      target.commit(Batch.relaxed(writes));
      operation.reach(done);
      writes.clear();
      bytes = 0;
    }
  }

  /// Returns what both stores have.
  ///
  /// @throws StoreException with code `store-corrupt` if they differ
  private ConversionReport compared() {
    List<String> differences = new ArrayList<>();
    List<RowDigest> rows = new ArrayList<>();
    for (RowKind kind : RowKind.values()) {
      operation.begin("compare-" + kind.code(), 0, "rows");
      RowDigest before = RowDigest.of(kind, source, operation);
      RowDigest after = RowDigest.of(kind, target, operation);
      rows.add(after);
      if (!before.equals(after)) {
        differences.add("%s (%d and %d rows)".formatted(kind.code(), before.rows(), after.rows()));
      }
    }
    Optional<LedgerEntry> head = target.ledgerHead();
    if (!source.ledgerHead().equals(head)) {
      differences.add("the head of the ledger");
    }
    List<ConversionReport.SnapshotRoot> roots = roots(target);
    if (!roots(source).equals(roots)) {
      differences.add("the state roots of snapshots");
    }
    if (!differences.isEmpty()) {
      throw new StoreException(
          ErrorCode.STORE_CORRUPT,
          "cannot complete the conversion: expected equal stores, found differences in %s; the source changed meanwhile: empty the target and convert again"
              .formatted(String.join(", ", differences)),
          null);
    }
    return new ConversionReport(
        rows,
        head.map(LedgerEntry::sequence).orElse(0L),
        head.map(LedgerEntry::hash).orElse(LedgerEntry.GENESIS),
        roots);
  }

  private static List<ConversionReport.SnapshotRoot> roots(Store store) {
    List<ConversionReport.SnapshotRoot> roots = new ArrayList<>();
    for (SnapshotInfo info : store.snapshots().all()) {
      roots.add(new ConversionReport.SnapshotRoot(info.sequence(), root(store, info)));
    }
    return List.copyOf(roots);
  }

  private static Sha256 root(Store store, SnapshotInfo info) {
    var tree = new StateTree();
    try (var leaves = store.snapshots().leaves(info.sequence())) {
      leaves.forEachOrdered(leaf -> tree.add(leaf.hash()));
    }
    return tree.root();
  }

  /// Requires that the crates of each snapshot of a restored store have the state root that the
  /// snapshot records.
  ///
  /// @throws StoreException with code `store-corrupt` if those of one have another root
  public static void requireRoots(Store restored) {
    for (SnapshotInfo info : restored.snapshots().all()) {
      Sha256 found = root(restored, info);
      if (!found.equals(info.stateRoot())) {
        throw new StoreException(
            ErrorCode.STORE_CORRUPT,
            "cannot restore the backup: expected the state root %s of snapshot %d, found %s; use another backup"
                .formatted(info.stateRoot().hex(), info.sequence(), found.hex()),
            null);
      }
    }
  }
}
