package lazaret.vetting.desk;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.desk.Batch.Write;
import lazaret.vetting.retention.DropKind;
import lazaret.vetting.retention.GrowthLimits;
import lazaret.vetting.retention.ListedAddresses;
import org.jspecify.annotations.Nullable;

/// The log of downloads, refused requests, given verdicts and submitted lockfiles. It is written in
/// batches, so that a download does not wait for the disk. A written batch is on disk: a crash of
/// the machine loses only what was collected since. Thread-safe.
final class Journal {
  private static final System.Logger LOG = System.getLogger(Journal.class.getName());

  /// The number of collected records above which they are written at once.
  private static final int MAX_COLLECTED = 10_000;

  private final Store store;
  private final Clock clock;
  private final GrowthLimits growth;
  private final Rulings rulings;
  private final Sightings sightings;
  private final Retention retention;
  private final ConcurrentHashMap<Handed, Long> handed = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<String, Request> asked = new ConcurrentHashMap<>();
  private final ReentrantLock flushing = new ReentrantLock();

  Journal(Store store, Clock clock, GrowthLimits growth) {
    this.store = store;
    this.clock = clock;
    this.growth = growth;
    this.rulings = new Rulings(store, clock, growth);
    this.sightings = new Sightings(store, clock, growth);
    this.retention = new Retention(store, clock, growth);
  }

  /// Returns the log of given verdicts.
  Rulings rulings() {
    return rulings;
  }

  /// Returns the enforcement of the retention limits.
  Retention retention() {
    return retention;
  }

  /// Returns the log of submitted lockfiles.
  Sightings sightings() {
    return sightings;
  }

  private record Handed(LocalDate day, CrateId id, Asker asker) {}

  /// Records a download.
  void handedOut(CrateId id, Asker asker) {
    LocalDate day = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    handed.merge(new Handed(day, id, asker), 1L, Long::sum);
    if (handed.size() > MAX_COLLECTED) {
      flush();
    }
  }

  /// Records a request for a version that was not served, or only because of `audit` mode.
  ///
  /// @param lockfile the lockfile that requires it; null if unknown
  void askedInVain(CrateId id, Asker asker, @Nullable String lockfile, String reason) {
    Instant now = clock.instant();
    List<String> lockfiles = lockfile == null ? List.of() : List.of(lockfile);
    Request request = new Request(id, now, now, 1, List.of(asker.toString()), lockfiles, reason);
    String key = id.name().collisionKey() + ' ' + id.version().text();
    asked.merge(key, request, Request::and);
    if (asked.size() > MAX_COLLECTED) {
      flush();
    }
  }

  /// Writes the collected records. Records that the store refuses are lost, with an error in the
  /// log.
  void flush() {
    rulings.flush();
    sightings.flush();
    List<Write> writes = new ArrayList<>();
    flushing.lock();
    try {
      List<Request> fresh = new ArrayList<>();
      for (Handed key : List.copyOf(handed.keySet())) {
        Long count = handed.remove(key);
        if (count != null) {
          writes.add(new Write.AddAccess(access(key, count)));
        }
      }
      for (String key : List.copyOf(asked.keySet())) {
        Request request = asked.remove(key);
        if (request != null) {
          Request earlier = earlier(request);
          writes.add(new Write.PutRequest(earlier == null ? request : earlier.and(request)));
          if (earlier == null) {
            fresh.add(request);
          }
        }
      }
      if (!writes.isEmpty()) {
        store.commit(Batch.synced(writes));
        writes.clear();
        if (!fresh.isEmpty()) {
          retention.requestsWritten(fresh);
        }
      }
      retention.saveCounts();
    } catch (StoreException e) {
      growth.dropped().add(DropKind.UNWRITTEN, writes.size());
      LOG.log(System.Logger.Level.ERROR, "served artifacts not recorded", e);
    } finally {
      flushing.unlock();
    }
  }

  private @Nullable Request earlier(Request request) {
    return store.request(request.id().name(), request.id().version()).orElse(null);
  }

  private Access access(Handed key, long count) {
    Asker asker = key.asker();
    String address = asker.address();
    if (asker.token().equals(Asker.ANONYMOUS)) {
      CrateId id = key.id();
      var subject =
          new ListedAddresses.Subject(
              key.day(), id.name().collisionKey() + ' ' + id.version().text());
      address =
          growth.addresses().place(subject, address, count, () -> listed(key.day(), key.id()));
    }
    return new Access(key.day(), key.id(), asker.token(), address, count);
  }

  private Set<String> listed(LocalDate day, CrateId id) {
    try (Stream<Access> accesses = store.accesses(day, id.name(), id.version())) {
      return accesses
          .filter(access -> access.token().equals(Asker.ANONYMOUS))
          .map(Access::address)
          .collect(Collectors.toSet());
    }
  }
}
