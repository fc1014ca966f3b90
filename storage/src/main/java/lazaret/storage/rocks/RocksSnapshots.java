package lazaret.storage.rocks;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Gatherer;
import java.util.stream.Stream;
import lazaret.storage.record.MetaRecord;
import lazaret.storage.record.SnapshotCrateRecord;
import lazaret.storage.record.SnapshotRecord;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.gate.store.Snapshots;
import lazaret.vetting.snapshot.SnapshotCrate;
import lazaret.vetting.snapshot.SnapshotInfo;
import org.jspecify.annotations.Nullable;

/// The snapshots of a store on RocksDB. Thread-safe.
final class RocksSnapshots implements Snapshots {
  private final Lookups lookups;

  RocksSnapshots(Lookups lookups) {
    this.lookups = lookups;
  }

  /// Adds the changes of a write to snapshots.
  static void changes(Batch.Write.OfSnapshots write, List<Change> changes) {
    switch (write) {
      case Batch.Write.PutSnapshot(var info) ->
          changes.add(
              new Change.Put(
                  Family.SNAPSHOTS, Keys.sequence(info.sequence()), SnapshotRecord.encode(info)));
      case Batch.Write.DropSnapshot(var sequence) ->
          changes.add(new Change.Delete(Family.SNAPSHOTS, Keys.sequence(sequence)));
      case Batch.Write.PutSnapshotCrate(var sequence, var crate) -> {
        byte[] key = Keys.snapshotCrate(crate.name(), sequence);
        changes.add(new Change.Put(Family.SNAPSHOT_CRATES, key, SnapshotCrateRecord.encode(crate)));
        changes.add(
            new Change.Put(Family.SNAPSHOT_LEAVES, key, SnapshotCrateRecord.encodeLeaf(crate)));
      }
      case Batch.Write.DropSnapshotCrate(var sequence, var name) -> {
        byte[] key = Keys.snapshotCrate(name, sequence);
        changes.add(new Change.Delete(Family.SNAPSHOT_CRATES, key));
        changes.add(new Change.Delete(Family.SNAPSHOT_LEAVES, key));
      }
    }
  }

  @Override
  public List<SnapshotInfo> all() {
    try (var all = lookups.stream(Family.SNAPSHOTS, e -> SnapshotRecord.decode(e.value()))) {
      return all.toList();
    }
  }

  @Override
  public long head() {
    return lookups
        .find(Family.META, Keys.meta(HEAD), MetaRecord::decode)
        .map(value -> Long.parseLong(value.text()))
        .orElse(0L);
  }

  @Override
  public Optional<SnapshotCrate> crate(CrateName name, long asOf) {
    byte[] prefix = Keys.cratePrefix(name);
    try (var rows = lookups.stream(Family.SNAPSHOT_CRATES, prefix, prefix, Function.identity())) {
      return rows.gather(newest(-1, asOf))
          .findFirst()
          .map(row -> SnapshotCrateRecord.decode(row.value()))
          .filter(crate -> !crate.gone());
    }
  }

  @Override
  public Stream<SnapshotCrate> crates(long asOf) {
    return changed(-1, asOf).filter(crate -> !crate.gone());
  }

  @Override
  public Stream<SnapshotCrate> changed(long after, long upTo) {
    return lookups.stream(Family.SNAPSHOT_CRATES, Function.<Cursor.Entry>identity())
        .gather(newest(after, upTo))
        .map(row -> SnapshotCrateRecord.decode(row.value()));
  }

  @Override
  public Stream<Leaf> leaves(long asOf) {
    return lookups.stream(Family.SNAPSHOT_LEAVES, Function.<Cursor.Entry>identity())
        .gather(newest(-1, asOf))
        .<Leaf>mapMulti(
            (row, down) -> {
              var leaf = SnapshotCrateRecord.decodeLeaf(row.value());
              if (leaf != null) {
                down.accept(new Leaf(Keys.collisionKey(row.key()), leaf));
              }
            });
  }

  @Override
  public Stream<Row> rows() {
    return lookups.stream(
        Family.SNAPSHOT_LEAVES,
        row ->
            new Row(
                Keys.collisionKey(row.key()),
                Keys.sequenceAtEnd(row.key()),
                SnapshotCrateRecord.decodeLeaf(row.value()) == null));
  }

  /// Returns the last row of each crate up to a sequence, if its own sequence is greater than
  /// another one.
  private static Gatherer<Cursor.Entry, ?, Cursor.Entry> newest(long after, long upTo) {
    final class Best {
      private Cursor.@Nullable Entry row;

      boolean take(Cursor.Entry next, Gatherer.Downstream<? super Cursor.Entry> down) {
        boolean goesOn = true;
        Cursor.Entry known = row;
        if (known != null
            && !Keys.collisionKey(known.key()).equals(Keys.collisionKey(next.key()))) {
          goesOn = finish(down);
        }
        if (Keys.sequenceAtEnd(next.key()) <= upTo) {
          row = next;
        }
        return goesOn;
      }

      boolean finish(Gatherer.Downstream<? super Cursor.Entry> down) {
        Cursor.Entry known = row;
        row = null;
        return known == null || Keys.sequenceAtEnd(known.key()) <= after || down.push(known);
      }
    }
    return Gatherer.<Cursor.Entry, Best, Cursor.Entry>ofSequential(
        Best::new,
        Gatherer.Integrator.ofGreedy((best, row, down) -> best.take(row, down)),
        Best::finish);
  }
}
