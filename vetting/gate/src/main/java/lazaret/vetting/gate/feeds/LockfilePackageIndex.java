package lazaret.vetting.gate.feeds;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.gate.serving.UsageLog;
import lazaret.vetting.gate.store.SeenLockfile;
import lazaret.vetting.gate.store.Store;
import org.jspecify.annotations.Nullable;

/// The submitted lockfiles by the packages that they contain.
///
/// Each lockfile has a filter of about two bytes a package in heap (a *Bloom filter*). A lockfile
/// whose filter has a package is read from the store, so that the result is exact. Filters have at
/// most [#MAX_BITS] together; a lockfile beyond them is read each time. The index is read from the
/// store at its first use, and then follows the usage log. Thread-safe; blocks.
public final class LockfilePackageIndex {
  /// The maximum number of bits of all filters: 16 MB.
  static final long MAX_BITS = 1L << 27;

  private static final int BITS_A_PACKAGE = 16;
  private static final int PROBES = 6;
  private static final int MAX_WRITTEN = 200;

  /// The number of filters from which those of removed lockfiles are discarded.
  private static final int MAX_FILTERS = 2 * SeenLockfile.MAX_KEPT;

  private final Store store;
  private final long maxBits;

  /// The records that were written since the last use; at most [#MAX_WRITTEN], then the index is
  /// read again.
  private final Queue<SeenLockfile> written = new LinkedBlockingQueue<>(MAX_WRITTEN);

  private final AtomicBoolean missed = new AtomicBoolean(true);
  private final ReentrantLock lock = new ReentrantLock();

  // guarded by lock
  private final Map<Sha256, Filter> filters = new HashMap<>();
  private long bits;

  /// @param maxBits the maximum number of bits of all filters
  LockfilePackageIndex(Store store, long maxBits) {
    this.store = store;
    this.maxBits = maxBits;
  }

  /// Creates an empty index that follows a usage log.
  public static LockfilePackageIndex of(Store store, UsageLog usageLog) {
    LockfilePackageIndex index = new LockfilePackageIndex(store, MAX_BITS);
    usageLog.lockfileSightings().onSeen(index::written);
    return index;
  }

  /// Reads all lockfiles of the store again at the next use.
  public void reload() {
    missed.set(true);
  }

  void written(SeenLockfile lockfile) {
    if (!written.offer(lockfile)) {
      missed.set(true);
    }
  }

  /// The packages of one lockfile.
  ///
  /// @param bits the bits of its packages; null if each package may be one of them
  /// @param size the number of bits
  private record Filter(@Nullable BitSet bits, int size) {
    private boolean mayHave(String name) {
      return bits == null || probes(name, size).allMatch(bits::get);
    }

    private static IntStream probes(String name, int size) {
      long hash = 0xcbf29ce484222325L;
      for (int i = 0; i < name.length(); i++) {
        hash = (hash ^ name.charAt(i)) * 0x100000001b3L;
      }
      hash ^= hash >>> 32;
      int first = (int) hash;
      int step = (int) (hash >>> 32) | 1;
      return IntStream.range(0, PROBES).map(i -> Math.floorMod(first + i * step, size));
    }
  }

  /// Returns the submitted lockfiles that contain a package, in no order.
  ///
  /// @param name the package as in [SeenLockfile#packages()]
  public List<SeenLockfile> containing(String name) {
    return candidates(name).stream()
        .flatMap(digest -> store.lockfile(digest).stream())
        .filter(lockfile -> lockfile.packages().contains(name))
        .toList();
  }

  /// Returns whether a submitted lockfile contains a package.
  ///
  /// @param name the package as in [SeenLockfile#packages()]
  public boolean contains(String name) {
    return candidates(name).stream()
        .flatMap(digest -> store.lockfile(digest).stream())
        .anyMatch(lockfile -> lockfile.packages().contains(name));
  }

  private List<Sha256> candidates(String name) {
    lock.lock();
    try {
      update();
      List<Sha256> found = new ArrayList<>();
      filters.forEach(
          (digest, filter) -> {
            if (filter.mayHave(name)) {
              found.add(digest);
            }
          });
      return found;
    } finally {
      lock.unlock();
    }
  }

  private void update() {
    if (filters.size() > MAX_FILTERS || missed.getAndSet(false)) {
      written.clear();
      filters.clear();
      bits = 0;
      boolean whole = false;
      try (Stream<SeenLockfile> all = store.lockfiles()) {
        all.forEach(this::add);
        whole = true;
      } finally {
        if (!whole) {
          missed.set(true);
        }
      }
    }
    for (SeenLockfile next = written.poll(); next != null; next = written.poll()) {
      add(next);
    }
  }

  private void add(SeenLockfile lockfile) {
    // The packages belong to the digest, so that they never change.
    if (!filters.containsKey(lockfile.digest())) {
      filters.put(lockfile.digest(), filter(lockfile));
    }
  }

  private Filter filter(SeenLockfile lockfile) {
    int size = BITS_A_PACKAGE * Math.max(4, lockfile.packages().size());
    if (bits + size > maxBits) {
      return new Filter(null, 0);
    }
    bits += size;
    BitSet all = new BitSet(size);
    lockfile.packages().forEach(name -> Filter.probes(name, size).forEach(all::set));
    return new Filter(all, size);
  }
}
