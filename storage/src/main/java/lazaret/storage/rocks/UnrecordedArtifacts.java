package lazaret.storage.rocks;

import java.nio.file.Path;
import java.util.Arrays;
import org.rocksdb.LiveFileMetaData;
import org.rocksdb.RocksDBException;

/// Bytes of artifacts without metadata, which remain if a repair restores fewer rows of the one
/// than of the other. Their blob file may be missing, so that a read of them fails.
final class UnrecordedArtifacts {
  private UnrecordedArtifacts() {}

  /// Removes them. The keys come from the tables themselves, because an iterator of the database
  /// reads each blob and ends at the first one that is missing. A compaction may replace a table
  /// meanwhile, so that the files stay until their keys are read.
  static void drop(OpenDatabase open) throws RocksDBException {
    open.flush();
    open.db.disableFileDeletions();
    try {
      dropListed(open);
    } finally {
      open.db.enableFileDeletions();
    }
  }

  private static void dropListed(OpenDatabase open) throws RocksDBException {
    for (LiveFileMetaData table : open.db.getLiveFilesMetaData()) {
      if (Arrays.equals(table.columnFamilyName(), ColumnFamily.ARTIFACTS.labelBytes())) {
        DamagedTables.read(
            Path.of(table.path(), table.fileName()),
            (family, key, _) -> {
              if (open.db.get(open.handle(ColumnFamily.HELD), open.fromDisk, key) == null) {
                open.db.delete(open.handle(family), open.relaxed, key);
              }
            });
      }
    }
  }
}
