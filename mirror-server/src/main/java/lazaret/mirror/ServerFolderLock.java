package lazaret.mirror;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import lazaret.mirror.config.MirrorConfig;
import lazaret.storage.files.DataFolderFiles;
import lazaret.storage.files.PrivateFiles;
import lazaret.storage.provider.StoreProvider;
import lazaret.storage.provider.StoreSettings;
import org.jspecify.annotations.Nullable;

/// The lock of a server on its data folder while its store is in a database. Two servers in one
/// folder would replace the admin token, the address and the record of the last write of each
/// other. Commands that open the store take no such lock. The file is that by which a store in the
/// folder is locked.
final class ServerFolderLock implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(ServerFolderLock.class.getName());

  private final @Nullable FileChannel channel;

  private ServerFolderLock(@Nullable FileChannel channel) {
    this.channel = channel;
  }

  /// Locks the folder of a server. A store in the folder locks it itself. Without the plug-ins of
  /// the cluster no folder is made, because the store cannot be opened.
  ///
  /// @throws lazaret.vetting.gate.store.StoreException with code `store-unusable` if another server
  ///   has the folder, or it cannot be locked
  static ServerFolderLock take(MirrorConfig config) {
    StoreSettings shared = config.cache().shared();
    return shared == null || StoreProvider.find().isEmpty()
        ? new ServerFolderLock(null)
        : take(shared.node().dataDir());
  }

  /// Locks a folder, which is created if it is missing.
  static ServerFolderLock take(Path folder) {
    ConfiguredStore.prepare(folder);
    try {
      FileChannel channel =
          FileChannel.open(
              folder.resolve(DataFolderFiles.LOCK),
              Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      boolean whole = false;
      try {
        if (!isLocked(channel)) {
          throw ConfiguredStore.unusable(
              "cannot start in the folder '%s': expected no other server in it, found one; give each server a 'data-dir' of its own"
                  .formatted(folder),
              null);
        }
        note(channel);
        whole = true;
        return new ServerFolderLock(channel);
      } finally {
        if (!whole) {
          channel.close();
        }
      }
    } catch (IOException e) {
      throw ConfiguredStore.unusable(
          "cannot lock the folder '%s': %s; name a 'data-dir' on a disk of this machine"
              .formatted(folder, PrivateFiles.describe(e)),
          e);
    }
  }

  private static boolean isLocked(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException _) {
      // Another server of this process has it.
      return false;
    }
  }

  /// Writes the holder into the file, by which a command waits for a server that starts.
  private static void note(FileChannel channel) throws IOException {
    byte[] holder =
        ("process " + ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.UTF_8);
    int written = channel.write(ByteBuffer.wrap(holder), 0);
    channel.truncate(written);
  }

  @Override
  public void close() {
    if (channel == null) {
      return;
    }
    try {
      channel.close();
    } catch (IOException e) {
      LOG.log(
          System.Logger.Level.WARNING,
          "the data folder stays locked until the end of the process: {0}",
          PrivateFiles.describe(e));
    }
  }
}
