package lazaret.storage.rocks;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import lazaret.storage.files.DataFolderFiles;
import lazaret.storage.files.FileTrees;
import lazaret.storage.files.PrivateFiles;
import lazaret.storage.rocks.files.DatabaseManifestCopy;
import lazaret.storage.rocks.files.DiskReserve;
import lazaret.storage.rocks.files.HeadFile;
import lazaret.storage.rocks.files.LostRows;
import lazaret.vetting.gate.store.StoreException;
import org.jspecify.annotations.Nullable;

/// The folder of all data while this process holds it. It is private, locked, and marked with its
/// schema. A folder of a newer version or another program is refused before a change of its
/// contents.
final class DataFolder implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(DataFolder.class.getName());

  static final int SCHEMA = 1;

  private static final String MARKER_TEXT = "lazaret store, schema ";
  private static final String LOCK = DataFolderFiles.LOCK;
  static final String DATABASE = "store";
  static final String UNFINISHED = "store.unfinished";
  static final String ARRIVING = "store.arriving";
  static final String BEFORE = "store.before";
  static final String RESTORING = "lazaret-restoring";
  static final Set<String> OURS =
      Set.of(
          DataFolderFiles.MARKER,
          DataFolderFiles.CONFIGURATION,
          LOCK,
          DATABASE,
          UNFINISHED,
          ARRIVING,
          RESTORING,
          HeadFile.NAME,
          HeadFile.NAME + ".new",
          DiskReserve.FILE,
          LedgerCopy.FILE,
          DatabaseManifestCopy.FOLDER,
          LostRows.FILE,
          StoreRepair.ASIDE);

  private static final Set<PosixFilePermission> PRIVATE_FOLDER =
      PosixFilePermissions.fromString("rwx------");
  private static final Set<PosixFilePermission> PRIVATE_FILE =
      PosixFilePermissions.fromString("rw-------");

  /// The folders that this process holds. The file lock alone is not sufficient: closing any other
  /// channel on a locked file releases the lock of the whole process (fcntl(2), *Record locks*). A
  /// second attempt must therefore be refused before it opens the file.
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path folder;
  private final FileChannel lockFile;

  private DataFolder(Path folder, FileChannel lockFile) {
    this.folder = folder;
    this.lockFile = lockFile;
  }

  /// Claims a folder, creating it if it is missing.
  ///
  /// @throws StoreException with code `store-unusable` if it is shared, foreign or in use
  static DataFolder claim(Path wanted) {
    return claim(wanted, DataFolder::checkMarker);
  }

  /// Claims an empty folder, or one that an interrupted restore left, and marks it as a restore in
  /// progress. Until [#endRestore], it is not accepted as a store.
  ///
  /// @throws lazaret.vetting.MalformedException if the folder is not empty
  /// @throws StoreException as [#claim]
  static DataFolder claimForRestore(Path wanted) {
    RestoreTarget.check(wanted);
    return claim(wanted, DataFolder::beginRestore);
  }

  /// Claims a folder with a store in any state.
  ///
  /// @throws StoreException as [#claim], and if the folder contains no store
  static DataFolder claimForRepair(Path wanted) {
    if (!Files.isDirectory(wanted)) {
      throw StoreFailures.unusable(
          wanted, "there is no such folder; name the folder of a store", null);
    }
    return claim(wanted, DataFolder::checkRepairable);
  }

  private void checkRepairable() throws IOException {
    if (Files.exists(folder.resolve(RESTORING)) || !Files.isDirectory(database())) {
      throw StoreFailures.unusable(
          folder, "it holds no store; restore a backup into an empty folder", null);
    }
  }

  /// The first step with a claimed folder, which is private and not another program's.
  private interface FirstStep {
    void on(DataFolder folder) throws IOException;
  }

  private static DataFolder claim(Path wanted, FirstStep first) {
    Path folder = wanted;
    try {
      folder = DataFolderCheck.privateFolder(wanted);
      if (!HELD.add(folder)) {
        throw StoreFailures.unusable(folder, "this process holds it already; close it first", null);
      }
      FileChannel channel = null;
      try {
        DataFolderCheck.refuseForeign(folder);
        channel = lock(folder);
        var claimed = new DataFolder(folder, channel);
        first.on(claimed);
        return claimed;
      } catch (IOException | RuntimeException e) {
        if (channel != null) {
          channel.close();
        }
        HELD.remove(folder);
        throw e;
      }
    } catch (IOException e) {
      throw StoreFailures.unusable(folder, PrivateFiles.describe(e), e);
    }
  }

  private static FileChannel lock(Path folder) throws IOException {
    FileChannel channel =
        FileChannel.open(
            folder.resolve(LOCK),
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PRIVATE_FILE));
    @Nullable FileLock lock = channel.tryLock();
    if (lock == null) {
      var content = ByteBuffer.allocate(64);
      channel.read(content, 0);
      channel.close();
      String holder = new String(content.array(), 0, content.position(), StandardCharsets.UTF_8);
      throw StoreFailures.unusable(
          folder,
          (holder.startsWith("process ") ? holder.strip() : "another process")
              + " holds it; stop that process, or use it through its address",
          null);
    }
    DatabaseRights.note(channel);
    return channel;
  }

  private void checkMarker() throws IOException {
    if (Files.exists(folder.resolve(RESTORING))) {
      throw StoreFailures.unusable(
          folder,
          "a restore into it was not finished; empty it and restore the backup again",
          null);
    }
    Path marker = folder.resolve(DataFolderFiles.MARKER);
    if (!Files.exists(marker)) {
      if (HeadFile.in(folder).head().filter(head -> head.commit() > 0).isPresent()) {
        requireDatabase();
      }
      return;
    }
    if (Files.size(marker) > 256) {
      throw StoreFailures.unusable(
          folder, "'" + DataFolderFiles.MARKER + "' in it is not Lazaret's", null);
    }
    String text = Files.readString(marker, StandardCharsets.ISO_8859_1).strip();
    checkSchema(text.startsWith(MARKER_TEXT) ? text.substring(MARKER_TEXT.length()) : "");
    requireDatabase();
  }

  private void requireDatabase() {
    if (!OpenDatabase.exists(database())
        && Files.isDirectory(folder.resolve(DatabaseManifestCopy.FOLDER))
        && Files.isDirectory(database())) {
      // The opening reports the damage.
      return;
    }
    if (!OpenDatabase.exists(database())) {
      throw StoreFailures.unusable(
          folder,
          "its database '"
              + DATABASE
              + "' is missing; check whether its disk is mounted; if it is lost, restore"
              + " a backup into an empty folder",
          null);
    }
  }

  /// Refuses a schema that this program does not read.
  ///
  /// @param text the number as it was written
  void checkSchema(String text) {
    int schema;
    try {
      schema = Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw StoreFailures.unusable(
          folder, "expected the number of its schema, found '" + text + "'", e);
    }
    if (schema > SCHEMA) {
      throw StoreFailures.unusable(
          folder,
          "a newer version of Lazaret wrote it (schema %d, this one reads %d); run that version"
              .formatted(schema, SCHEMA),
          null);
    }
    if (schema < 1) {
      throw StoreFailures.unusable(folder, "its schema is " + schema, null);
    }
  }

  /// Returns the folder itself, with all symbolic links resolved.
  Path path() {
    return folder;
  }

  /// Returns the path of the database.
  Path database() {
    return folder.resolve(DATABASE);
  }

  /// Returns the folder of links to the files of the database as they were before its opening.
  Path before() {
    return folder.resolve(BEFORE);
  }

  /// Returns whether the folder already contains a store.
  boolean holdsStore() {
    return Files.exists(folder.resolve(DataFolderFiles.MARKER)) || OpenDatabase.exists(database());
  }

  /// Returns the empty folder in which a database is made until it is complete.
  Path freshDatabase() {
    Path unfinished = folder.resolve(UNFINISHED);
    try {
      FileTrees.delete(unfinished);
      Files.createDirectory(unfinished, PosixFilePermissions.asFileAttribute(PRIVATE_FOLDER));
      return unfinished;
    } catch (IOException e) {
      throw StoreFailures.unusable(folder, PrivateFiles.describe(e), e);
    }
  }

  /// Returns the folder of tables that are not yet part of the database.
  Path arriving() {
    Path arriving = folder.resolve(ARRIVING);
    try {
      if (!Files.exists(arriving)) {
        Files.createDirectory(arriving, PosixFilePermissions.asFileAttribute(PRIVATE_FOLDER));
      }
      return arriving;
    } catch (IOException e) {
      throw StoreFailures.unusable(folder, PrivateFiles.describe(e), e);
    }
  }

  /// Removes tables that were not part of the database when a process ended.
  void forgetArriving() {
    try {
      FileTrees.delete(folder.resolve(ARRIVING));
    } catch (IOException e) {
      throw StoreFailures.unusable(folder, PrivateFiles.describe(e), e);
    }
  }

  /// Moves the completed database to its place.
  void adoptFreshDatabase() {
    try {
      Files.move(folder.resolve(UNFINISHED), database());
      PrivateFiles.syncFolder(folder);
      writeMarker();
    } catch (IOException e) {
      throw StoreFailures.unusable(folder, PrivateFiles.describe(e), e);
    }
  }

  /// Writes the marker with the schema unless it exists.
  void writeMarker() {
    try {
      if (!Files.exists(folder.resolve(DataFolderFiles.MARKER))) {
        PrivateFiles.write(folder.resolve(DataFolderFiles.MARKER), MARKER_TEXT + SCHEMA + "\n");
      }
    } catch (IOException e) {
      throw StoreFailures.unusable(folder, PrivateFiles.describe(e), e);
    }
  }

  private void beginRestore() throws IOException {
    if (!Files.exists(folder.resolve(RESTORING)) && holdsStore()) {
      throw StoreFailures.unusable(
          folder, "it holds a store already; restore into an empty or a new folder", null);
    }
    PrivateFiles.write(folder.resolve(RESTORING), "a restore began\n");
    StoreFiles.delete(folder);
  }

  /// Records that a restore into the folder is complete.
  void endRestore() {
    try {
      PrivateFiles.syncFolder(database());
      Files.deleteIfExists(folder.resolve(RESTORING));
      PrivateFiles.syncFolder(folder);
    } catch (IOException e) {
      throw StoreFailures.unusable(folder, PrivateFiles.describe(e), e);
    }
  }

  /// Removes the files of a failed restore from the folder.
  void abandonRestore() {
    try {
      StoreFiles.delete(folder);
      Files.deleteIfExists(folder.resolve(RESTORING));
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, "a failed restore stays in " + folder, e);
    }
  }

  @Override
  public void close() {
    if (HELD.remove(folder)) {
      try {
        lockFile.close();
      } catch (IOException e) {
        throw StoreFailures.unusable(folder, PrivateFiles.describe(e), e);
      }
    }
  }
}
