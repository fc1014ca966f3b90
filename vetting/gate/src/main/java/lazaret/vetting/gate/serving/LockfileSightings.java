package lazaret.vetting.gate.serving;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import lazaret.vetting.Excerpt;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.gate.retention.DropKind;
import lazaret.vetting.gate.retention.GrowthLimits;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.gate.store.Batch.Write;
import lazaret.vetting.gate.store.Requester;
import lazaret.vetting.gate.store.SeenLockfile;
import lazaret.vetting.gate.store.SeenLockfile.Sighting;
import lazaret.vetting.gate.store.Store;
import lazaret.vetting.gate.store.StoreException;
import lazaret.vetting.gate.store.WriteScope;
import lazaret.vetting.lockfile.LockedPackage;
import lazaret.vetting.lockfile.Lockfile;
import org.jspecify.annotations.Nullable;

/// The log of submitted lockfiles with sender and time, so that users of a bad version can be
/// informed. Records are collected in heap and written in batches, at most [SeenLockfile#MAX_KEPT]
/// of them. Thread-safe.
public final class LockfileSightings {
  private static final System.Logger LOG = System.getLogger(LockfileSightings.class.getName());
  private static final int MAX_COLLECTED = 200;
  private static final String UNNAMED = "-";

  private final Store store;
  private final Clock clock;
  private final GrowthLimits growth;
  private final ConcurrentHashMap<Sha256, SeenLockfile> collected = new ConcurrentHashMap<>();
  private final ReentrantLock flushing = new ReentrantLock();
  private final List<SightingListener> listeners = new CopyOnWriteArrayList<>();
  // guarded by flushing; negative if not counted yet
  private long kept = -1;

  LockfileSightings(Store store, Clock clock, GrowthLimits growth) {
    this.store = store;
    this.clock = clock;
    this.growth = growth;
  }

  /// A receiver of records of lockfiles. Called after readers of the store can see a record; must
  /// neither block nor throw.
  public interface SightingListener {
    /// Reports the record of a lockfile that was written.
    void seen(SeenLockfile lockfile);
  }

  /// Adds a receiver of all records that are written from now on. It is never removed.
  public void onSeen(SightingListener listener) {
    listeners.add(listener);
  }

  /// Records a submitted lockfile.
  ///
  /// @param digest the SHA-256 of its text
  /// @param name the sender's name for it; null if unknown
  public void seen(Lockfile lock, Sha256 digest, @Nullable String name, Requester asker) {
    Instant now = clock.instant();
    String named = name == null || name.isBlank() ? UNNAMED : name;
    String shown =
        named.length() > SeenLockfile.MAX_NAME
            ? named.substring(named.length() - SeenLockfile.MAX_NAME)
            : named;
    Sighting sighting = new Sighting(Excerpt.of(shown), asker.token(), asker.address(), now, now);
    SeenLockfile seen = new SeenLockfile(digest, packages(lock), List.of(sighting));
    collected.merge(digest, seen, SeenLockfile::and);
    if (collected.size() > MAX_COLLECTED) {
      flush();
    }
  }

  private static List<String> packages(Lockfile lock) {
    Set<String> packages = new TreeSet<>();
    for (LockedPackage locked : lock.throughGate()) {
      if (CrateName.isValid(locked.name())) {
        packages.add(CrateName.parse(locked.name()).collisionKey() + ' ' + locked.version().text());
      }
    }
    return packages.stream().limit(SeenLockfile.MAX_PACKAGES).toList();
  }

  /// Writes the collected records. Records that the store refuses are lost, with an error in the
  /// log.
  void flush() {
    flushing.lock();
    try {
      List<SeenLockfile> drained = new ArrayList<>();
      for (Sha256 digest : List.copyOf(collected.keySet())) {
        SeenLockfile seen = collected.remove(digest);
        if (seen != null) {
          drained.add(seen);
        }
      }
      if (!drained.isEmpty()) {
        int added = store.serially(WriteScope.LOCKFILES, () -> write(drained));
        dropOldest(added);
      }
    } catch (StoreException e) {
      LOG.log(System.Logger.Level.ERROR, "received lockfiles not recorded", e);
    } finally {
      flushing.unlock();
    }
  }

  /// Writes records merged with the stored ones.
  ///
  /// @return the number of those that were not stored before
  private int write(List<SeenLockfile> drained) {
    List<SeenLockfile> written = new ArrayList<>();
    int added = 0;
    for (SeenLockfile seen : drained) {
      SeenLockfile known = store.lockfile(seen.digest()).orElse(null);
      written.add(known == null ? seen : known.and(seen));
      added += known == null ? 1 : 0;
    }
    List<Write> writes = new ArrayList<>();
    written.forEach(lockfile -> writes.add(new Write.PutLockfile(lockfile)));
    store.commit(Batch.synced(writes));
    written.forEach(this::passOn);
    return added;
  }

  /// Passes a record on that was written, here or on another node.
  public void passOn(SeenLockfile lockfile) {
    listeners.forEach(each -> each.seen(lockfile));
  }

  private void dropOldest(int added) {
    if (kept < 0) {
      kept = count();
    } else {
      kept += added;
    }
    if (kept > SeenLockfile.MAX_KEPT) {
      kept = count();
    }
    if (kept > SeenLockfile.MAX_KEPT) {
      List<Sha256> surplus = surplus((int) (kept - SeenLockfile.MAX_KEPT * 9L / 10));
      List<Write> drops = new ArrayList<>();
      surplus.forEach(digest -> drops.add(new Write.DropLockfile(digest)));
      store.commit(Batch.relaxed(drops));
      growth.dropped().add(DropKind.LOCKFILES, surplus.size());
      kept -= surplus.size();
    }
  }

  private long count() {
    try (Stream<SeenLockfile> all = store.lockfiles()) {
      return all.count();
    }
  }

  private record Kept(Sha256 digest, Instant last) {}

  /// Returns the lockfiles to drop: the oldest of the senders with the most. A sender of many
  /// lockfiles does not displace those of others.
  private List<Sha256> surplus(int count) {
    Map<String, List<Kept>> bySender = new LinkedHashMap<>();
    try (Stream<SeenLockfile> all = store.lockfiles()) {
      all.forEach(
          seen ->
              bySender
                  .computeIfAbsent(seen.count().getLast().token(), _ -> new ArrayList<>())
                  .add(new Kept(seen.digest(), seen.last())));
    }
    bySender.values().forEach(list -> list.sort(Comparator.comparing(Kept::last).reversed()));
    List<Sha256> surplus = new ArrayList<>();
    while (surplus.size() < count) {
      List<Kept> most = List.of();
      for (List<Kept> list : bySender.values()) {
        most = list.size() > most.size() ? list : most;
      }
      if (most.isEmpty()) {
        return surplus;
      }
      surplus.add(most.removeLast().digest());
    }
    return surplus;
  }
}
