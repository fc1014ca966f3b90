package lazaret.storage.rocks.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import lazaret.storage.files.FileTrees;
import lazaret.storage.files.PrivateFiles;
import lazaret.vetting.Bytes;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

/// A copy of the list of files of a database, in a folder next to it. While a database is open,
/// files that the copy names are not deleted before a newer copy is on disk. A damaged manifest can
/// therefore be replaced without a loss: later tables are still in the write-ahead log.
/// Thread-safe; blocks on the disk.
public final class DatabaseManifestCopy {
  /// The name of the folder in the data folder.
  public static final String FOLDER = "store.manifest";

  private static final System.Logger LOG = System.getLogger(DatabaseManifestCopy.class.getName());

  private final Path database;
  private final Path folder;
  private String copied = "";
  private boolean holding;

  public DatabaseManifestCopy(Path database) {
    this.database = database;
    this.folder = database.resolveSibling(FOLDER);
  }

  /// Records that a database was opened: RocksDB has written its list of files again.
  public synchronized void opened(RocksDB db) throws RocksDBException {
    holding = false;
    copied = "";
    keep(db);
  }

  /// Copies the manifest of a database that was closed.
  public synchronized void closed() {
    boolean _ = copy();
    holding = false;
  }

  /// Copies the manifest if it changed, and lets RocksDB delete files until the next change.
  public synchronized void keep(RocksDB db) throws RocksDBException {
    if (!holding) {
      db.disableFileDeletions();
      holding = true;
    }
    // Twice: files that became obsolete between the copy and the deletion are in the second copy.
    for (int i = 0; i < 2 && copy(); i++) {
      db.enableFileDeletions();
      db.disableFileDeletions();
    }
  }

  private boolean copy() {
    try {
      Path manifest = DatabaseManifest.current(database).orElse(null);
      if (manifest == null) {
        return false;
      }
      String state = manifest.getFileName() + " " + Files.size(manifest);
      if (state.equals(copied)) {
        return false;
      }
      byte[] data = Files.readAllBytes(manifest);
      // A record that is being written is in the next copy.
      write(
          manifest.getFileName().toString(),
          Arrays.copyOf(data, (int) DatabaseManifest.wholeBytes(data)));
      copied = state;
      return true;
    } catch (IOException e) {
      // Without disk space there is no copy, and obsolete files must be deleted.
      LOG.log(
          System.Logger.Level.WARNING, "list of the store's files not copied: {0}", e.getMessage());
      drop();
      copied = "";
      return true;
    }
  }

  private void write(String name, byte[] data) throws IOException {
    if (!Files.isDirectory(folder)) {
      PrivateFiles.createFolders(folder);
    }
    PrivateFiles.write(folder.resolve(name), Bytes.of(data), folder.resolve("fresh"));
    for (Path other : DatabaseManifest.all(folder)) {
      if (!other.getFileName().toString().equals(name)) {
        Files.deleteIfExists(other);
      }
    }
  }

  /// Removes the copy.
  public void forget() {
    drop();
  }

  private void drop() {
    try {
      FileTrees.delete(folder);
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, "old copy of the list not removed: {0}", e.getMessage());
    }
  }

  /// Returns the reason why the list of files is not trustworthy; empty if it is. A truncated list
  /// would open, and RocksDB would then delete the tables that it no longer names.
  public Optional<String> distrust() throws IOException {
    Path manifest = DatabaseManifest.current(database).orElse(null);
    if (manifest == null) {
      return Optional.of("'CURRENT' is missing, damaged or names a file that is missing");
    }
    byte[] data = Files.readAllBytes(manifest);
    List<Path> copies = DatabaseManifest.all(folder);
    Path copy = copies.isEmpty() ? null : copies.getFirst();
    boolean same = copy != null && copy.getFileName().equals(manifest.getFileName());
    if (same && Files.size(copy) > DatabaseManifest.wholeBytes(data)) {
      return Optional.of("'" + manifest.getFileName() + "' is damaged or lost its end");
    }
    return data.length == 0
        ? Optional.of("'" + manifest.getFileName() + "' is empty")
        : Optional.empty();
  }

  private static boolean prefix(byte[] copy, byte[] data) {
    return Arrays.equals(copy, 0, copy.length, data, 0, Math.min(copy.length, data.length));
  }

  /// Replaces an untrustworthy manifest by the copy, or points the database to a trustworthy one.
  ///
  /// @return the action; empty if none was possible
  public Optional<String> mend() throws IOException {
    List<Path> copies = DatabaseManifest.all(folder);
    for (Path copy : copies) {
      if (DatabaseManifest.intact(copy)) {
        Path place = database.resolve(copy.getFileName());
        byte[] known = Files.readAllBytes(copy);
        byte[] there = Files.isRegularFile(place) ? Files.readAllBytes(place) : new byte[0];
        boolean longer = DatabaseManifest.wholeBytes(there) >= known.length && prefix(known, there);
        if (!longer) {
          Files.copy(copy, place, StandardCopyOption.REPLACE_EXISTING);
        }
        DatabaseManifest.point(database, place);
        PrivateFiles.syncFolder(database);
        return Optional.of(
            longer
                ? "'CURRENT' was written again"
                : "'" + place.getFileName() + "' was restored from its copy");
      }
    }
    for (Path manifest : DatabaseManifest.all(database)) {
      if (DatabaseManifest.intact(manifest)) {
        DatabaseManifest.point(database, manifest);
        return Optional.of(
            "'CURRENT' was written again and names '" + manifest.getFileName() + "'");
      }
    }
    return Optional.empty();
  }
}
