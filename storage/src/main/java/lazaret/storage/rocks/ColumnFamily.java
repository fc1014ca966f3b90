package lazaret.storage.rocks;

import java.nio.charset.StandardCharsets;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;

/// The column families: one per lookup, so that one prefix scan answers it.
enum ColumnFamily {
  /// Schema and small named values.
  META("meta"),
  /// Index files as upstream sent them, by crate.
  UPSTREAM("upstream"),
  /// The freshness of the index files, by crate.
  FRESHNESS("freshness"),
  /// The index views that cargo receives, by crate.
  VIEWS("views"),
  /// The data that a search shows of each crate, by crate.
  SUMMARIES("summaries"),
  /// The numbers of rows of some families, by the family's label: sums that a batch adds to.
  COUNTS("counts"),
  /// The bytes of artifacts, by SHA-256, in blob files.
  ARTIFACTS("artefacts"),
  /// The bytes of artifacts from bulk imports, by SHA-256, in tables that are written once.
  CARRIED("carried"),
  /// The stored artifacts, by SHA-256. Walking the keys of a family with blobs would read the
  /// blobs.
  HELD("held"),
  /// The findings of inspection, by SHA-256.
  FINDINGS("findings"),
  /// The entries of the ledger, by sequence.
  LEDGER("ledger"),
  /// One row for each numbered commit since the last sound opening, by number.
  COMMITS("commits"),
  /// Decisions, by crate, version and sequence.
  DECISIONS("decisions"),
  /// Open requests, by crate and version.
  REQUESTS("requests"),
  /// The downloads of clients, by day, crate and version.
  ACCESS("access"),
  /// Tokens, by the SHA-256 of their secret.
  TOKENS("tokens"),
  /// Feeds of advisories, by name.
  FEEDS("feeds"),
  /// Recorded verdicts, by crate, version and time.
  VERDICTS("rulings"),
  /// The tables of the desk, by table and key.
  DESK("desk"),
  /// Lockfiles that were seen, by SHA-256.
  LOCKFILES("lockfiles"),
  /// The last uses of artifacts, by SHA-256.
  USES("uses"),
  /// The evidence of artifacts that retention removed, by SHA-256.
  REMOVED("removed"),
  /// The metadata of snapshots, by sequence.
  SNAPSHOTS("snapshots"),
  /// The states of crates in snapshots, by crate and sequence.
  SNAPSHOT_CRATES("snapshot_crates"),
  /// The leaves of these crates, by crate and sequence.
  SNAPSHOT_LEAVES("snapshot_leaves");

  /// The size in bytes below which artifacts are stored in the tables, next to their key.
  static final int MIN_BLOB = 4 << 10;

  private static final long BLOB_FILE = 256L << 20;
  private static final long SMALL_WRITE_BUFFER = 8L << 20;

  private final String label;

  ColumnFamily(String label) {
    this.label = label;
  }

  String label() {
    return label;
  }

  byte[] labelBytes() {
    return label.getBytes(StandardCharsets.UTF_8);
  }

  /// Returns fresh options; the caller closes them.
  ColumnFamilyOptions options(BlockBasedTableConfig tables, RocksOptions options) {
    var family = new ColumnFamilyOptions().setTableFormatConfig(tables);
    return switch (this) {
      case ARTIFACTS -> blobs(family, options);
      // Merging tables would move the bytes, and a corrupt one would stop all writes of the store.
      case CARRIED -> small(family, options).setDisableAutoCompactions(true);
      case COUNTS -> small(family, options).setMergeOperatorName("uint64add");
      default -> small(family, options).setCompressionType(CompressionType.ZSTD_COMPRESSION);
    };
  }

  private static ColumnFamilyOptions small(ColumnFamilyOptions family, RocksOptions options) {
    return family.setWriteBufferSize(Math.min(SMALL_WRITE_BUFFER, options.writeBufferBytes()));
  }

  private static ColumnFamilyOptions blobs(ColumnFamilyOptions family, RocksOptions options) {
    return family
        .setCompressionType(CompressionType.NO_COMPRESSION)
        .setWriteBufferSize(options.writeBufferBytes())
        .setEnableBlobFiles(true)
        .setMinBlobSize(MIN_BLOB)
        .setBlobFileSize(BLOB_FILE)
        // Crates are compressed already.
        .setBlobCompressionType(CompressionType.NO_COMPRESSION)
        // Garbage collection moves blobs and checks them: a corrupt one would stop all writes of
        // the store instead of affecting itself alone. Artifacts are rarely removed, and a blob
        // file without live blobs is deleted anyway.
        .setEnableBlobGarbageCollection(false);
  }
}
