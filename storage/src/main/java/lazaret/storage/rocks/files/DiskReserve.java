package lazaret.storage.rocks.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.SplittableRandom;

/// A file that reserves disk space for decisions and for the next opening of the store. It is
/// shortened when the file system is full, and filled again when there is space. Thread-safe;
/// blocks on the disk.
public final class DiskReserve {
  /// The name of the file in the data folder.
  public static final String FILE = "lazaret-reserve";

  private static final System.Logger LOG = System.getLogger(DiskReserve.class.getName());
  private static final int CHUNK = 1 << 20;

  private final Path file;
  private final long target;
  private volatile long held;

  /// Creates the reserve without changing the file.
  ///
  /// @param target the size in bytes that the file has when there is space
  DiskReserve(Path folder, long target) {
    this.file = folder.resolve(FILE);
    this.target = target;
    this.held = length(file);
  }

  /// Returns the bytes that the file lacks.
  long missing() {
    return Math.max(0, target - held);
  }

  /// Returns the bytes that the file has now.
  long held() {
    return held;
  }

  private static long length(Path file) {
    try {
      return Files.exists(file) ? Files.size(file) : 0;
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, "size of the reserve not read: " + e.getMessage());
      return 0;
    }
  }

  /// Returns bytes to the file system, at most all of the file.
  ///
  /// @return the number of bytes that were returned
  synchronized long release(long bytes) {
    long before = held;
    if (before == 0 || bytes <= 0) {
      return 0;
    }
    long left = Math.max(0, before - bytes);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(left);
      held = left;
      LOG.log(
          System.Logger.Level.WARNING,
          "released {0} bytes of the reserve, {1} are left: the file system is full",
          Long.toString(before - left),
          Long.toString(left));
      return before - left;
    } catch (IOException e) {
      held = length(file);
      LOG.log(System.Logger.Level.ERROR, "reserve not released: " + e.getMessage());
      return 0;
    }
  }

  /// Fills the file within the available bytes. Its content does not compress, so that it occupies
  /// space on every file system.
  ///
  /// @param available the number of bytes that the file may grow by
  synchronized void fill(long available) {
    long begin = held;
    long missing = Math.min(target - begin, available);
    if (missing <= 0) {
      return;
    }
    byte[] noise = new byte[(int) Math.min(CHUNK, missing)];
    new SplittableRandom(begin).nextBytes(noise);
    try (FileChannel channel =
        FileChannel.open(
            file,
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
      channel.position(begin);
      while (missing > 0) {
        missing -= channel.write(ByteBuffer.wrap(noise, 0, (int) Math.min(noise.length, missing)));
      }
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, "reserve not filled: " + e.getMessage());
    } finally {
      held = length(file);
    }
  }
}
