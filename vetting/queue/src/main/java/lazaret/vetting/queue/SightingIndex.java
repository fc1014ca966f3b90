package lazaret.vetting.queue;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
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

/// The received lockfiles by the packages that they contain: the latest [#MAX_LOCKFILES], with at
/// most [#MAX_PACKAGES] packages in all. The index is read from the store at its first use and then
/// follows the usage log. Thread-safe; blocks.
final class SightingIndex {
  /// The maximum number of lockfiles.
  static final int MAX_LOCKFILES = 1_000;

  /// The maximum number of packages of all lockfiles together.
  static final int MAX_PACKAGES = 1_000_000;

  private static final int MAX_WRITTEN = 200;

  private final Store store;

  /// The records that were written since the last use; at most [#MAX_WRITTEN], then the index is
  /// read again.
  private final Queue<SeenLockfile> written = new LinkedBlockingQueue<>(MAX_WRITTEN);

  private final AtomicBoolean missed = new AtomicBoolean(true);

  private final ReentrantLock lock = new ReentrantLock();

  // guarded by lock
  private final Map<String, Posting> postings = new HashMap<>();
  private final Map<Sha256, Slot> slots = new HashMap<>();
  private final Deque<Integer> free = new ArrayDeque<>();
  private long packages;
  private long version;

  private SightingIndex(Store store) {
    this.store = store;
    IntStream.range(0, MAX_LOCKFILES).forEach(free::add);
  }

  /// Creates an empty index that follows a usage log.
  static SightingIndex of(Store store, UsageLog usageLog) {
    SightingIndex index = new SightingIndex(store);
    usageLog.lockfileSightings().onSeen(index::written);
    return index;
  }

  private void written(SeenLockfile lockfile) {
    if (!written.offer(lockfile)) {
      missed.set(true);
    }
  }

  /// The lockfiles that contain one package.
  private record Posting(String name, BitSet lockfiles) {}

  /// The place of one lockfile.
  private record Slot(
      int number, Sha256 digest, SeenLockfile.Sighting sighting, List<Posting> packages) {}

  /// A lockfile with its last sender.
  ///
  /// @param packages its packages: collision key, a space, exact version text
  record Sighted(Sha256 digest, SeenLockfile.Sighting sighting, List<String> packages) {
    Sighted {
      packages = List.copyOf(packages);
    }
  }

  /// The lockfiles of some packages at one moment.
  ///
  /// @param ofPackage the numbers of the lockfiles, by package; packages without a lockfile are
  ///   omitted
  /// @param version a number that changes with the index
  record View(Map<String, BitSet> ofPackage, long version) {
    /// Returns the numbers of the lockfiles that contain a package, which must not be changed.
    BitSet of(String name) {
      return ofPackage.getOrDefault(name, new BitSet());
    }
  }

  /// Returns the lockfiles of some packages.
  View view(List<String> names) {
    lock.lock();
    try {
      update();
      Map<String, BitSet> found = new HashMap<>();
      for (String name : names) {
        Posting posting = postings.get(name);
        if (posting != null) {
          found.put(name, (BitSet) posting.lockfiles().clone());
        }
      }
      return new View(found, version);
    } finally {
      lock.unlock();
    }
  }

  /// Returns the lockfiles that contain one of some packages, the latest first.
  List<Sighted> containing(List<String> names) {
    BitSet all = new BitSet();
    view(names).ofPackage().values().forEach(all::or);
    lock.lock();
    try {
      return slots.values().stream()
          .filter(slot -> all.get(slot.number()))
          .sorted(Comparator.comparing((Slot slot) -> slot.sighting().last()).reversed())
          .map(SightingIndex::sighted)
          .toList();
    } finally {
      lock.unlock();
    }
  }

  private static Sighted sighted(Slot slot) {
    return new Sighted(
        slot.digest(), slot.sighting(), slot.packages().stream().map(Posting::name).toList());
  }

  private void update() {
    if (missed.getAndSet(false)) {
      written.clear();
      latest().forEach(digest -> store.lockfile(digest).ifPresent(this::add));
    }
    for (SeenLockfile next = written.poll(); next != null; next = written.poll()) {
      add(next);
    }
  }

  private record Kept(Sha256 digest, Instant last) {}

  /// Returns the latest lockfiles, the oldest of them first. Their packages are not kept meanwhile.
  private List<Sha256> latest() {
    PriorityQueue<Kept> latest = new PriorityQueue<>(Comparator.comparing(Kept::last));
    try (Stream<SeenLockfile> all = store.lockfiles()) {
      all.forEach(
          lockfile -> {
            latest.add(new Kept(lockfile.digest(), lockfile.last()));
            if (latest.size() > MAX_LOCKFILES) {
              latest.remove();
            }
          });
    }
    List<Sha256> ordered = new ArrayList<>();
    while (!latest.isEmpty()) {
      ordered.add(latest.remove().digest());
    }
    return ordered;
  }

  private void add(SeenLockfile lockfile) {
    version++;
    remove(slots.get(lockfile.digest()));
    while (free.isEmpty() || packages + lockfile.packages().size() > MAX_PACKAGES) {
      if (slots.isEmpty()) {
        return;
      }
      remove(oldest());
    }
    int number = free.remove();
    List<Posting> found = new ArrayList<>();
    for (String name : lockfile.packages()) {
      Posting posting = postings.computeIfAbsent(name, key -> new Posting(key, new BitSet()));
      posting.lockfiles().set(number);
      found.add(posting);
    }
    packages += found.size();
    Slot slot = new Slot(number, lockfile.digest(), lockfile.count().getLast(), found);
    slots.put(lockfile.digest(), slot);
  }

  private @Nullable Slot oldest() {
    return slots.values().stream()
        .min(Comparator.comparing((Slot slot) -> slot.sighting().last()))
        .orElse(null);
  }

  private void remove(@Nullable Slot slot) {
    if (slot == null) {
      return;
    }
    for (Posting posting : slot.packages()) {
      posting.lockfiles().clear(slot.number());
      if (posting.lockfiles().isEmpty()) {
        postings.remove(posting.name());
      }
    }
    packages -= slot.packages().size();
    slots.remove(slot.digest());
    free.add(slot.number());
  }
}
