package lazaret.storage.backup;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import lazaret.storage.files.PrivateFiles;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.gate.store.StoreException;
import org.jspecify.annotations.Nullable;

/// An archive that nothing else writes to, until it is closed.
///
/// @param held its place in the set of locked archives
/// @param lock the channel of the lock
record LockedArchive(Path folder, Path held, FileChannel lock) implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(LockedArchive.class.getName());

  /// The archives that this process has locked. A second attempt must be refused before it opens
  /// the file: closing any other channel on it releases the lock of the whole process (fcntl(2),
  /// *Record locks*).
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  /// Locks an archive. A folder that is none becomes one.
  ///
  /// @throws StoreException with code `store-failed` if another backup has it
  static LockedArchive lock(Path archive) throws IOException {
    Path held = archive.toRealPath();
    if (!HELD.add(held)) {
      throw inUse(archive);
    }
    try {
      return new LockedArchive(archive, held, lockedMarker(archive));
    } catch (IOException | RuntimeException e) {
      boolean _ = HELD.remove(held);
      throw e;
    }
  }

  private static FileChannel lockedMarker(Path archive) throws IOException {
    Path marker = archive.resolve(BackupArchive.MARKER);
    if (!Files.exists(marker)) {
      PrivateFiles.write(marker, "lazaret archive, form 1\n");
    }
    FileChannel channel = FileChannel.open(marker, StandardOpenOption.WRITE);
    @Nullable FileLock lock = channel.tryLock();
    if (lock == null) {
      channel.close();
      throw inUse(archive);
    }
    return channel;
  }

  private static StoreException inUse(Path archive) {
    return BackupArchive.failed("write to", archive, "another backup runs; wait for its end", null);
  }

  boolean hasObject(Sha256 cksum, long length) throws IOException {
    return has(BackupArchive.object(folder, cksum), length);
  }

  void putObject(Sha256 cksum, Bytes bytes) throws IOException {
    put(BackupArchive.object(folder, cksum), bytes);
  }

  void putPart(Sha256 sha256, Bytes bytes) throws IOException {
    put(BackupArchive.part(folder, sha256), bytes);
  }

  void putState(BackupManifest manifest) throws IOException {
    Path states = folder.resolve(BackupArchive.STATES);
    if (!Files.isDirectory(states)) {
      PrivateFiles.createFolders(states);
    }
    PrivateFiles.write(
        states.resolve(manifest.created() + BackupArchive.MANIFEST), manifest.text());
  }

  static boolean has(Path file, long length) throws IOException {
    return Files.isRegularFile(file) && Files.size(file) == length;
  }

  private static void put(Path file, Bytes bytes) throws IOException {
    if (has(file, bytes.length())) {
      return;
    }
    Path parent = file.resolveSibling("");
    if (!Files.isDirectory(parent)) {
      PrivateFiles.createFolders(parent);
    }
    PrivateFiles.write(file, bytes);
  }

  @Override
  public void close() {
    if (!lock.isOpen()) {
      return;
    }
    try {
      lock.close();
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, "the lock of " + folder + " was not released", e);
    } finally {
      boolean _ = HELD.remove(held);
    }
  }
}
