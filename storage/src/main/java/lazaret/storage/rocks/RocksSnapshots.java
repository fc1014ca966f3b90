package lazaret.storage.rocks;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Gatherer;
import java.util.stream.Stream;
import lazaret.storage.record.MetaCodec;
import lazaret.storage.record.SnapshotCodec;
import lazaret.storage.record.SnapshotCrateCodec;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.gate.store.MetaKey;
import lazaret.vetting.gate.store.Snapshots;
import lazaret.vetting.snapshot.SnapshotCrate;
import lazaret.vetting.snapshot.SnapshotInfo;
import org.jspecify.annotations.Nullable;

/// The snapshots of a store on RocksDB. Thread-safe.
final class RocksSnapshots implements Snapshots {
  private final RecordLookup lookups;

  RocksSnapshots(RecordLookup lookups) {
    this.lookups = lookups;
  }

  /// Adds the changes of a write to snapshots.
  static void changes(Batch.Write.OfSnapshots write, List<KeyChange> changes) {
    switch (write) {
      case Batch.Write.PutSnapshot(var info) ->
          changes.add(
              new KeyChange.Put(
                  ColumnFamily.SNAPSHOTS,
                  RowKeys.sequence(info.sequence()),
                  SnapshotCodec.encode(info)));
      case Batch.Write.DropSnapshot(var sequence) ->
          changes.add(new KeyChange.Delete(ColumnFamily.SNAPSHOTS, RowKeys.sequence(sequence)));
      case Batch.Write.PutSnapshotCrate(var sequence, var crate) -> {
        byte[] key = RowKeys.snapshotCrate(crate.name(), sequence);
        changes.add(
            new KeyChange.Put(ColumnFamily.SNAPSHOT_CRATES, key, SnapshotCrateCodec.encode(crate)));
        changes.add(
            new KeyChange.Put(
                ColumnFamily.SNAPSHOT_LEAVES, key, SnapshotCrateCodec.encodeLeaf(crate)));
      }
      case Batch.Write.DropSnapshotCrate(var sequence, var name) -> {
        byte[] key = RowKeys.snapshotCrate(name, sequence);
        changes.add(new KeyChange.Delete(ColumnFamily.SNAPSHOT_CRATES, key));
        changes.add(new KeyChange.Delete(ColumnFamily.SNAPSHOT_LEAVES, key));
      }
    }
  }

  @Override
  public List<SnapshotInfo> all() {
    try (var all = lookups.stream(ColumnFamily.SNAPSHOTS, e -> SnapshotCodec.decode(e.value()))) {
      return all.toList();
    }
  }

  @Override
  public long head() {
    return lookups
        .find(ColumnFamily.META, RowKeys.meta(MetaKey.SNAPSHOT_HEAD.code()), MetaCodec::decode)
        .map(value -> Long.parseLong(value.text()))
        .orElse(0L);
  }

  @Override
  public Optional<SnapshotCrate> crate(CrateName name, long asOf) {
    byte[] prefix = RowKeys.cratePrefix(name);
    try (var rows =
        lookups.stream(ColumnFamily.SNAPSHOT_CRATES, prefix, prefix, Function.identity())) {
      return rows.gather(newest(-1, asOf))
          .findFirst()
          .map(row -> SnapshotCrateCodec.decode(row.value()))
          .filter(crate -> !crate.gone());
    }
  }

  @Override
  public Stream<SnapshotCrate> crates(long asOf) {
    return changed(-1, asOf).filter(crate -> !crate.gone());
  }

  @Override
  public Stream<SnapshotCrate> changed(long after, long upTo) {
    return lookups.stream(ColumnFamily.SNAPSHOT_CRATES, Function.<PrefixCursor.Entry>identity())
        .gather(newest(after, upTo))
        .map(row -> SnapshotCrateCodec.decode(row.value()));
  }

  @Override
  public Stream<Leaf> leaves(long asOf) {
    return lookups.stream(ColumnFamily.SNAPSHOT_LEAVES, Function.<PrefixCursor.Entry>identity())
        .gather(newest(-1, asOf))
        .<Leaf>mapMulti(
            (row, down) -> {
              var leaf = SnapshotCrateCodec.decodeLeaf(row.value());
              if (leaf != null) {
                down.accept(new Leaf(RowKeys.collisionKey(row.key()), leaf));
              }
            });
  }

  @Override
  public Stream<Row> rows() {
    return lookups.stream(
        ColumnFamily.SNAPSHOT_LEAVES,
        row ->
            new Row(
                RowKeys.collisionKey(row.key()),
                RowKeys.sequenceAtEnd(row.key()),
                SnapshotCrateCodec.decodeLeaf(row.value()) == null));
  }

  /// Returns the last row of each crate up to a sequence, if its own sequence is greater than
  /// another one.
  private static Gatherer<PrefixCursor.Entry, ?, PrefixCursor.Entry> newest(long after, long upTo) {
    final class Best {
      private PrefixCursor.@Nullable Entry row;

      boolean take(PrefixCursor.Entry next, Gatherer.Downstream<? super PrefixCursor.Entry> down) {
        boolean goesOn = true;
        PrefixCursor.Entry known = row;
        if (known != null
            && !RowKeys.collisionKey(known.key()).equals(RowKeys.collisionKey(next.key()))) {
          goesOn = finish(down);
        }
        if (RowKeys.sequenceAtEnd(next.key()) <= upTo) {
          row = next;
        }
        return goesOn;
      }

      boolean finish(Gatherer.Downstream<? super PrefixCursor.Entry> down) {
        PrefixCursor.Entry known = row;
        row = null;
        return known == null || RowKeys.sequenceAtEnd(known.key()) <= after || down.push(known);
      }
    }
    return Gatherer.<PrefixCursor.Entry, Best, PrefixCursor.Entry>ofSequential(
        Best::new,
        Gatherer.Integrator.ofGreedy((best, row, down) -> best.take(row, down)),
        Best::finish);
  }
}
