package lazaret.vetting.desk.retention;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.desk.snapshots.SnapshotService;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.gate.store.MetaKey;
import lazaret.vetting.gate.store.Snapshots;
import lazaret.vetting.gate.store.Store;
import lazaret.vetting.snapshot.SnapshotCrate;
import lazaret.vetting.snapshot.SnapshotLine;

/// The removal of old snapshots and of the remains of interrupted imports. Snapshot records are
/// removed first. Then each row that no remaining snapshot needs is removed, with the artifacts
/// that only such rows name. For one use.
public final class SnapshotSweep {
  /// The number of snapshots that are kept in addition to the served one.
  public static final int KEPT = 5;

  /// The number of snapshots that an exporting store keeps, as bases of deltas for networks that
  /// have not imported for a long time.
  public static final int KEPT_OUTSIDE = 20;

  private static final int BATCH = 500;

  private final Store store;
  private final boolean artifacts;
  private final TreeSet<Long> kept = new TreeSet<>();
  private final List<Batch.Write> writes = new ArrayList<>();

  private SnapshotSweep(Store store, boolean artifacts) {
    this.store = store;
    this.artifacts = artifacts;
  }

  /// Removes all but the newest snapshots, and completes an interrupted sweep.
  public static void old(SnapshotService desk) {
    old(desk, KEPT, true);
  }

  /// Removes old snapshots of an exporting store. Artifacts belong to the gate there and are kept.
  public static void exported(SnapshotService desk) {
    old(desk, KEPT_OUTSIDE, false);
  }

  private static void old(SnapshotService desk, int most, boolean artifacts) {
    Store store = desk.store();
    desk.dropNotes(most, new Batch.Write.PutMeta(MetaKey.BUNDLE_SWEEP, Bytes.utf8("yes")));
    if (store.meta(MetaKey.BUNDLE_SWEEP).filter(value -> value.length() > 0).isPresent()) {
      rows(store, artifacts);
      store.commit(
          Batch.relaxed(
              List.<Batch.Write>of(new Batch.Write.PutMeta(MetaKey.BUNDLE_SWEEP, Bytes.EMPTY))));
    }
  }

  /// Removes the rows that no snapshot needs.
  public static void rows(Store store) {
    rows(store, true);
  }

  private static void rows(Store store, boolean artifacts) {
    var sweep = new SnapshotSweep(store, artifacts);
    store.snapshots().all().forEach(info -> sweep.kept.add(info.sequence()));
    sweep.run();
  }

  private void run() {
    try (Stream<Snapshots.Row> rows = store.snapshots().rows()) {
      List<Snapshots.Row> crate = new ArrayList<>();
      for (Iterator<Snapshots.Row> rest = rows.iterator(); rest.hasNext(); ) {
        Snapshots.Row row = rest.next();
        if (!crate.isEmpty() && !crate.getFirst().key().equals(row.key())) {
          crate(crate);
          crate.clear();
        }
        crate.add(row);
      }
      crate(crate);
    }
    flush();
  }

  /// Processes the rows of one crate, oldest first.
  private void crate(List<Snapshots.Row> rows) {
    List<Snapshots.Row> needed = new ArrayList<>();
    List<Snapshots.Row> dropped = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      Snapshots.Row row = rows.get(i);
      long until = i + 1 < rows.size() ? rows.get(i + 1).sequence() : Long.MAX_VALUE;
      Long reader = kept.ceiling(row.sequence());
      boolean read = reader != null && reader < until;
      // A row that marks a crate as removed is redundant without an earlier row.
      (read && !(row.gone() && needed.isEmpty()) ? needed : dropped).add(row);
    }
    if (dropped.isEmpty()) {
      return;
    }
    CrateName name = CrateName.parse(rows.getFirst().key());
    if (artifacts) {
      artifacts(name, needed, dropped);
    }
    dropped.forEach(row -> writes.add(new Batch.Write.DropSnapshotCrate(row.sequence(), name)));
    if (writes.size() >= BATCH) {
      flush();
    }
  }

  private void artifacts(CrateName name, List<Snapshots.Row> needed, List<Snapshots.Row> dropped) {
    Set<Sha256> served = new HashSet<>();
    needed.forEach(row -> ids(name, row).forEach(id -> served.add(id.cksum())));
    for (Snapshots.Row row : dropped) {
      for (CrateId id : ids(name, row)) {
        if (served.add(id.cksum()) && store.artifactId(id.cksum()).filter(id::equals).isPresent()) {
          writes.add(new Batch.Write.DropArtifact(id.cksum()));
        }
      }
    }
  }

  private List<CrateId> ids(CrateName name, Snapshots.Row row) {
    return store.snapshots().crate(name, row.sequence()).map(SnapshotCrate::lines).stream()
        .flatMap(List::stream)
        .filter(line -> line.statement().allows())
        .map(SnapshotLine::entry)
        .map(entry -> entry.id())
        .toList();
  }

  private void flush() {
    if (!writes.isEmpty()) {
      store.commit(Batch.relaxed(writes));
      writes.clear();
    }
  }
}
