package lazaret.storage.rocks;

import lazaret.storage.record.StoredArtifact;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.RocksDBException;

/// The two reads of an artifact's bytes. RocksDB computes the CRC-32C of a blob without the
/// processor's instruction, which costs more than all the rest of a read; the JDK uses the
/// instruction.
final class ArtifactRead {
  private ArtifactRead() {}

  /// Reads an artifact with the checksums of RocksDB.
  ///
  /// @return null if it is not stored
  static byte @Nullable [] checked(OpenDatabase open, byte[] key) throws RocksDBException {
    byte[] blob = open.db.get(open.handle(ColumnFamily.ARTIFACTS), open.fromDisk, key);
    return blob != null ? blob : open.db.get(open.handle(ColumnFamily.CARRIED), open.fromDisk, key);
  }

  /// Reads an artifact, and compares it with the CRC-32C of its record.
  ///
  /// @return null if it is not stored, or its record has no CRC-32C or another one
  static byte @Nullable [] unchanged(OpenDatabase open, byte[] key, StoredArtifact held)
      throws RocksDBException {
    byte[] found = unverified(open, key);
    byte[] bytes = found != null ? found : checked(open, key);
    return bytes != null && held.describes(bytes) ? bytes : null;
  }

  /// Reads a blob without its checksum, if the blocks that lead to it are in memory, where only
  /// reads with checksums put them.
  ///
  /// The option that omits the checksum of a blob omits those of table blocks, too, and a damaged
  /// block can end the process (ADR 11). A read from memory alone therefore comes first: it fails
  /// at the blob, and not earlier, if tables, index and data blocks are there. The second read
  /// finds them microseconds later, and puts no block into the cache (ADR 81).
  ///
  /// @return null if a block is not in memory, or the blob cannot be read
  private static byte @Nullable [] unverified(OpenDatabase open, byte[] key) {
    ColumnFamilyHandle artifacts = open.handle(ColumnFamily.ARTIFACTS);
    try {
      return open.db.get(artifacts, open.fromMemory, key);
    } catch (RocksDBException e) {
      if (!StoreFailures.isBlobNotInMemory(e)) {
        return null;
      }
    }
    try {
      return open.db.get(artifacts, open.unverified, key);
    } catch (RocksDBException _) {
      // The read with checksums says why.
      return null;
    }
  }
}
