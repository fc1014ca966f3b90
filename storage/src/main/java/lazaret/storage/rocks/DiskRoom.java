package lazaret.storage.rocks;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.desk.StoreException;

/// How much room the file system under the store has. Thread-safe; blocks briefly on the disk.
///
/// @param folder the data folder
/// @param minFreeBytes what new artefacts must leave free
record DiskRoom(Path folder, long minFreeBytes) {

  /// Returns the bytes that the file system has left for this user.
  ///
  /// @throws StoreException with code `store-failed` if it does not tell
  long freeBytes() {
    try {
      FileStore store = Files.getFileStore(folder);
      return store.getUsableSpace();
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /// Tells whether so many bytes more leave enough free.
  boolean admits(long bytes) {
    return freeBytes() - bytes >= minFreeBytes;
  }

  /// Refuses bytes that would not leave enough free, before the database has to find out: it stops
  /// all its writes then, not only these.
  ///
  /// @throws StoreException with code `disk-full` if they do not fit
  void require(long bytes) {
    long free = freeBytes();
    if (free - bytes < minFreeBytes) {
      throw new StoreException(
          ErrorCode.DISK_FULL,
          "cannot store %d bytes in '%s': %d bytes are free and %d must stay so; free some room, the store then goes on by itself"
              .formatted(bytes, folder, free, minFreeBytes),
          null);
    }
  }

  /// Returns the bytes of all files in the data folder; files that go away meanwhile do not count.
  ///
  /// @throws StoreException with code `store-failed` if the folder cannot be read
  long usedBytes() {
    var sum = new long[1];
    try {
      Files.walkFileTree(
          folder,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              sum[0] += attributes.size();
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) {
              return FileVisitResult.CONTINUE;
            }
          });
      return sum[0];
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private StoreException failed(IOException e) {
    return new StoreException(
        ErrorCode.STORE_FAILED,
        "cannot tell how much room is left in '" + folder + "': " + e.getMessage(),
        e);
  }
}
