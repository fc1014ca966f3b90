package lazaret.storage.postgres;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import lazaret.storage.postgres.connection.PostgresConnections;
import lazaret.storage.postgres.connection.RowQuery;
import lazaret.storage.record.MetaCodec;
import lazaret.storage.record.SnapshotCodec;
import lazaret.storage.record.SnapshotCrateCodec;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.gate.store.MetaKey;
import lazaret.vetting.gate.store.Snapshots;
import lazaret.vetting.snapshot.SnapshotCrate;
import lazaret.vetting.snapshot.SnapshotInfo;

/// The snapshots of a store on PostgreSQL. Thread-safe.
final class PostgresSnapshots implements Snapshots {
  private static final int CRATES_PAGE = 100;
  private static final int LEAVES_PAGE = 2_000;

  private final PostgresConnections connections;
  private final RecordReads reads;

  PostgresSnapshots(PostgresConnections connections, RecordReads reads) {
    this.connections = connections;
    this.reads = reads;
  }

  @Override
  public List<SnapshotInfo> all() {
    return reads.list(
        "SELECT record FROM lazaret.snapshot ORDER BY sequence", SnapshotCodec::decode);
  }

  @Override
  public long head() {
    return reads
        .find(
            "SELECT value FROM lazaret.meta WHERE name = ?",
            MetaCodec::decode,
            MetaKey.SNAPSHOT_HEAD.code())
        .map(value -> Long.parseLong(value.text()))
        .orElse(0L);
  }

  @Override
  public Optional<SnapshotCrate> crate(CrateName name, long asOf) {
    return reads
        .find(
            "SELECT record FROM lazaret.snapshot_crate WHERE name = ? AND sequence <= ?"
                + " ORDER BY sequence DESC LIMIT 1",
            SnapshotCrateCodec::decode,
            name.collisionKey(),
            asOf)
        .filter(crate -> !crate.gone());
  }

  @Override
  public Stream<SnapshotCrate> crates(long asOf) {
    return changed(-1, asOf).filter(crate -> !crate.gone());
  }

  /// Streams the newest rows up to a sequence. A crate has its newest row after another sequence if
  /// and only if it has any row in between.
  @Override
  public Stream<SnapshotCrate> changed(long after, long upTo) {
    return reads.stream(
        "SELECT DISTINCT ON (name) record FROM lazaret.snapshot_crate"
            + " WHERE sequence > ? AND sequence <= ? ORDER BY name, sequence DESC",
        CRATES_PAGE,
        SnapshotCrateCodec::decode,
        after,
        upTo);
  }

  @Override
  public Stream<Leaf> leaves(long asOf) {
    return connections.stream(
            new RowQuery<>(
                "SELECT DISTINCT ON (name) name, sequence, leaf FROM lazaret.snapshot_crate"
                    + " WHERE sequence <= ? ORDER BY name, sequence DESC",
                LEAVES_PAGE,
                row -> new LeafRow(row.getString(1), row.getLong(2), row.getBytes(3)),
                List.of(asOf)))
        .<Leaf>mapMulti(
            (row, down) -> {
              Sha256 leaf = SnapshotCrateCodec.decodeLeaf(row.leaf());
              if (leaf != null) {
                down.accept(new Leaf(row.name(), leaf));
              }
            });
  }

  @Override
  public Stream<Row> rows() {
    return connections.stream(
            new RowQuery<>(
                "SELECT name, sequence, leaf FROM lazaret.snapshot_crate ORDER BY name, sequence",
                LEAVES_PAGE,
                row -> new LeafRow(row.getString(1), row.getLong(2), row.getBytes(3)),
                List.of()))
        .map(
            row ->
                new Row(
                    row.name(), row.sequence(), SnapshotCrateCodec.decodeLeaf(row.leaf()) == null));
  }

  /// A row without the lines of its crate.
  @SuppressWarnings("ArrayRecordComponent") // decoded at once, never compared
  private record LeafRow(String name, long sequence, byte[] leaf) {}
}
