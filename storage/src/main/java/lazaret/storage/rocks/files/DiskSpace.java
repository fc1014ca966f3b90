package lazaret.storage.rocks.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileStore;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.gate.store.StoreException;

/// The disk space under the store, and the part of it that each kind of write may use. Artifacts
/// leave all of `min-free`, index files and records of use leave half of it, feeds and notices a
/// quarter. Decisions use all space, including the reserve. Thread-safe; blocks briefly on the
/// disk.
public final class DiskSpace {
  /// The maximum space that an opening needs: manifest, options and log of RocksDB.
  private static final long OPENING = 4L << 20;

  /// The space that a small batch needs in the log in addition to its bytes.
  private static final long LOG_BLOCKS = 128L << 10;

  /// The space that stays free after an opening, for small files of the program.
  private static final long SMALL_FILES = 256L << 10;

  private final Path folder;
  private final long minFreeBytes;
  private final FileStore store;
  private final DiskReserve reserve;

  private DiskSpace(Path folder, long minFreeBytes, FileStore store) {
    this.folder = folder;
    this.minFreeBytes = minFreeBytes;
    this.store = store;
    this.reserve = new DiskReserve(folder, reserveBytes(minFreeBytes));
  }

  /// Returns the disk space of a data folder.
  ///
  /// @param minFreeBytes the bytes that new artifacts must leave free
  /// @throws StoreException with code `store-failed` if the file system cannot be read
  public static DiskSpace of(Path folder, long minFreeBytes) {
    try {
      return new DiskSpace(folder, minFreeBytes, Files.getFileStore(folder));
    } catch (IOException e) {
      throw failed(folder, e);
    }
  }

  /// Returns the size of the reserve: an eighth of `min-free`, from 8 to 16 MiB.
  private static long reserveBytes(long minFreeBytes) {
    return Math.clamp(minFreeBytes / 8, 2 * OPENING, 16L << 20);
  }

  /// The kinds of writes by the space that they must leave free, most important first.
  public enum Use {
    /// Decisions, tokens, and removals; they may use the reserve.
    DECISION(0),
    /// Feeds, notices, snapshots and settings.
    NOTICE(4),
    /// Index files, views, findings, requests and records of use.
    INDEX(2),
    /// Artifacts.
    ARTIFACT(1);

    /// The divisor of `min-free` that gives the space that stays free; 0 for none.
    private final int divisor;

    Use(int divisor) {
      this.divisor = divisor;
    }

    private long leaves(long minFreeBytes) {
      return divisor == 0 ? 0 : minFreeBytes / divisor;
    }
  }

  /// Returns the bytes that the file system has left for this user.
  ///
  /// @throws StoreException with code `store-failed` if it cannot be read
  public long freeBytes() {
    try {
      return store.getUsableSpace();
    } catch (IOException e) {
      throw failed(folder, e);
    }
  }

  /// Returns whether a number of bytes of artifacts leaves enough free.
  boolean admits(long bytes) {
    return admits(bytes, freeBytes());
  }

  /// Returns whether a number of bytes of artifacts leaves enough of the free space.
  public boolean admits(long bytes, long free) {
    return free - bytes >= minFreeBytes + reserve.missing();
  }

  /// Returns whether the folder is writable and has space for an opening. A file is created and
  /// removed for this.
  public boolean isWritable() {
    try {
      Path probe = Files.createTempFile(folder, "lazaret-probe-", "");
      Files.write(probe, new byte[1]);
      Files.delete(probe);
      return freeBytes() + reserve.held() >= OPENING;
    } catch (IOException | UncheckedIOException e) {
      return false;
    }
  }

  /// Refuses artifacts that would not leave enough space free.
  ///
  /// @throws StoreException with code `disk-full` if they do not fit
  public void require(long bytes) {
    require(bytes, Use.ARTIFACT);
  }

  /// Refuses a write that would not leave enough space free. Otherwise the database itself would
  /// fail, and then stop all its writes. Releases a part of the reserve for a decision.
  ///
  /// @throws StoreException with code `disk-full` if the bytes do not fit
  public void require(long bytes, Use use) {
    if (use == Use.DECISION) {
      requireForDecision(bytes);
      return;
    }
    long free = freeBytes();
    long leaves = use.leaves(minFreeBytes) + reserve.missing();
    if (free - bytes < leaves) {
      throw new StoreException(
          ErrorCode.DISK_FULL,
          "cannot store %d bytes in '%s': %d bytes are free and %d must stay free; free disk space, the store then continues by itself"
              .formatted(bytes, folder, free, leaves),
          null);
    }
    refill(free - bytes);
  }

  /// Releases space for a decision. The part of the reserve that an opening needs stays, so that
  /// the store can be opened again on a full disk.
  private void requireForDecision(long bytes) {
    // The log is written in whole blocks, and a batch is copied once on its way.
    long least = 2 * bytes + LOG_BLOCKS;
    long free = freeBytes();
    if (free < least + SMALL_FILES) {
      long spare = reserve.held() - OPENING;
      long _ = reserve.release(Math.min(spare, least + SMALL_FILES));
      free = freeBytes();
    }
    if (free < least) {
      throw new StoreException(
          ErrorCode.DISK_FULL,
          "cannot record a decision in '%s': %d bytes are free, and the reserve is used up; free disk space, the store then continues by itself"
              .formatted(folder, free),
          null);
    }
  }

  /// Releases the part of the reserve that an opening needs.
  public void prepareOpening() {
    long free = freeBytes();
    if (free < OPENING) {
      long _ = reserve.release(OPENING - free);
    }
  }

  /// Returns whether an opening should leave the contents of the log there, because space for
  /// writing them to tables is missing.
  public boolean isShort() {
    return freeBytes() < minFreeBytes / 2 + OPENING;
  }

  /// Fills the reserve again after an opening, except for the space of small files.
  public void opened() {
    reserve.fill(freeBytes() - SMALL_FILES);
  }

  /// Fills the reserve again if index files still have space afterwards.
  public void refill() {
    refill(freeBytes());
  }

  private void refill(long free) {
    long missing = reserve.missing();
    if (missing > 0 && free - Use.INDEX.leaves(minFreeBytes) >= missing) {
      reserve.fill(missing);
    }
  }

  /// Returns the bytes of all files in the data folder; files that are deleted meanwhile do not
  /// count.
  ///
  /// @throws StoreException with code `store-failed` if the folder cannot be read
  public long usedBytes() {
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
      throw failed(folder, e);
    }
  }

  private static StoreException failed(Path folder, IOException e) {
    return new StoreException(
        ErrorCode.STORE_FAILED,
        "cannot read the free space of '"
            + folder
            + "': "
            + e.getMessage()
            + "; look at the log of the operating system",
        e);
  }
}
