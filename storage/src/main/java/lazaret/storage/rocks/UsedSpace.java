package lazaret.storage.rocks;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import lazaret.storage.rocks.files.DiskSpace;
import lazaret.vetting.gate.store.Store;
import org.jspecify.annotations.Nullable;

/// The number of bytes in the data folder. It is read from the file system at most once in ten
/// seconds, because a large store has thousands of files. Thread-safe.
final class UsedSpace {
  private static final long KEPT_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final DiskSpace diskUsage;
  private final ReentrantLock asking = new ReentrantLock();
  private volatile @Nullable Used last;

  UsedSpace(DiskSpace room) {
    this.diskUsage = room;
  }

  /// A number of bytes and the time of its measurement.
  private record Used(long bytes, long at) {
    boolean current() {
      return System.nanoTime() - at < KEPT_NANOS;
    }
  }

  /// Returns the disk space of the store. A used reserve is filled again if there is space.
  ///
  /// @param failing whether the database refuses writes now
  Store.DiskUsage diskUsage(boolean failing) {
    diskUsage.refill();
    long free = diskUsage.freeBytes();
    return new Store.DiskUsage(bytes(), free, diskUsage.admits(0, free) && !failing);
  }

  private long bytes() {
    Used known = last;
    if (known != null && known.current()) {
      return known.bytes();
    }
    asking.lock();
    try {
      known = last;
      if (known == null || !known.current()) {
        known = new Used(diskUsage.usedBytes(), System.nanoTime());
        last = known;
      }
      return known.bytes();
    } finally {
      asking.unlock();
    }
  }
}
