package lazaret.storage.rocks;

import java.nio.charset.StandardCharsets;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;

/// The column families: one per question, so that one prefix scan answers it.
enum Family {
  /// Schema and small named values.
  META("meta"),
  /// Index files as upstream sent them, by crate.
  UPSTREAM("upstream"),
  /// How current each of them is, by crate.
  FRESHNESS("freshness"),
  /// The answers that cargo gets, by crate.
  VIEWS("views"),
  /// What a search shows of each crate, by crate.
  SUMMARIES("summaries"),
  /// How many rows some families have, by the family's label: sums that a batch adds to.
  COUNTS("counts"),
  /// The bytes of artefacts, by SHA-256, in blob files.
  ARTEFACTS("artefacts"),
  /// The bytes of artefacts that came in bulk, by SHA-256, in tables that are written once.
  CARRIED("carried"),
  /// Which artefacts are held, by SHA-256: to walk the keys of a family with blobs would read the
  /// blobs.
  HELD("held"),
  /// What inspection saw, by SHA-256.
  FINDINGS("findings"),
  /// The chain, by sequence.
  LEDGER("ledger"),
  /// One row for each numbered commit since the last sound opening, by number.
  COMMITS("commits"),
  /// Decisions, by crate, version and sequence.
  DECISIONS("decisions"),
  /// Open requests, by crate and version.
  REQUESTS("requests"),
  /// What was handed out to whom, by day, crate and version.
  ACCESS("access"),
  /// Tokens, by the SHA-256 of their secret.
  TOKENS("tokens"),
  /// Feeds of advisories, by name.
  FEEDS("feeds"),
  /// Verdicts that were given, by crate, version and moment.
  RULINGS("rulings"),
  /// Lockfiles that were seen, by SHA-256.
  LOCKFILES("lockfiles"),
  /// Snapshots that are noted, by sequence.
  SNAPSHOTS("snapshots"),
  /// What snapshots say of crates, by crate and sequence.
  SNAPSHOT_CRATES("snapshot_crates"),
  /// The leaves of these crates, by crate and sequence.
  SNAPSHOT_LEAVES("snapshot_leaves");

  /// Smaller artefacts than this lie in the tables, beside their key.
  private static final int MIN_BLOB = 4 << 10;

  private static final long BLOB_FILE = 256L << 20;
  private static final long SMALL_WRITE_BUFFER = 8L << 20;

  private final String label;

  Family(String label) {
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
      case ARTEFACTS -> blobs(family, options);
      // To merge tables would move the bytes, and stop all writes of the store at one that has
      // rotted.
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
        // Collecting garbage moves blobs and checks them on the way: one that has rotted would stop
        // all writes of the store, not only cost itself. Artefacts are hardly ever dropped, and a
        // blob
        // file in which nothing lives goes all the same.
        .setEnableBlobGarbageCollection(false);
  }
}
