package lazaret.storage.rocks;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.stream.Stream;
import lazaret.storage.files.PrivateFiles;

/// The access rights of the files of a database. RocksDB creates files according to the umask; the
/// private folder above protects those that it creates later.
final class DatabaseRights {
  private static final Set<PosixFilePermission> PRIVATE_FILE =
      PosixFilePermissions.fromString("rw-------");

  private static final System.Logger LOG = System.getLogger(DatabaseRights.class.getName());

  private DatabaseRights() {}

  /// Removes the rights of group and others from every file in the folder of a database.
  static void close(DataFolder folder) {
    try (Stream<Path> files = Files.list(folder.database())) {
      for (Path file : (Iterable<Path>) files::iterator) {
        closeFile(file);
      }
    } catch (IOException e) {
      throw StoreFailures.unusable(folder.path(), PrivateFiles.describe(e), e);
    }
  }

  /// Writes the holder of the folder into its lock file, for people; the lock works without it. The
  /// text is written before the file is truncated, so that it needs no space on a full disk.
  static void note(FileChannel channel) {
    byte[] holder =
        ("process " + ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.UTF_8);
    try {
      channel.write(ByteBuffer.wrap(holder), 0);
      channel.truncate(holder.length);
    } catch (IOException e) {
      LOG.log(
          System.Logger.Level.WARNING, "holder of the data folder not noted: {0}", e.getMessage());
    }
  }

  private static void closeFile(Path file) throws IOException {
    try {
      if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
          && !Files.getPosixFilePermissions(file).equals(PRIVATE_FILE)) {
        Files.setPosixFilePermissions(file, PRIVATE_FILE);
      }
    } catch (NoSuchFileException _) {
      // RocksDB may delete obsolete files at any time.
    }
  }
}
