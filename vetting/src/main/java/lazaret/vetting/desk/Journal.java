package lazaret.vetting.desk;

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
import lazaret.vetting.retention.ListedAddresses;
import org.jspecify.annotations.Nullable;

/// Collects what was handed out, what was asked for in vain, what was answered and which lockfiles
/// were sent, and writes all of it in batches: a download must not wait for the disk to note that
/// it happened. What is written is on disk when that is done, so that a crash of the machine loses
/// what was collected since and no more. Thread-safe.
final class Journal {
  private static final System.Logger LOG = System.getLogger(Journal.class.getName());

  /// More than this is written at once instead of collected.
  private static final int MAX_COLLECTED = 10_000;

  private final GateParts parts;
  private final Rulings rulings;
  private final Sightings sightings;
  private final Retention retention;
  private final ConcurrentHashMap<Handed, Long> handed = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<String, Request> asked = new ConcurrentHashMap<>();
  private final ReentrantLock flushing = new ReentrantLock();

  Journal(GateParts parts) {
    this.parts = parts;
    this.rulings = new Rulings(parts);
    this.sightings = new Sightings(parts);
    this.retention = new Retention(parts);
  }

  /// Returns the verdicts that were given.
  Rulings rulings() {
    return rulings;
  }

  /// Returns what keeps the limits.
  Retention retention() {
    return retention;
  }

  /// Returns the lockfiles that were sent.
  Sightings sightings() {
    return sightings;
  }

  private record Handed(LocalDate day, CrateId id, Asker asker) {}

  /// Notes that a version was handed out.
  void handedOut(CrateId id, Asker asker) {
    LocalDate day = LocalDate.ofInstant(parts.clock().instant(), ZoneOffset.UTC);
    handed.merge(new Handed(day, id, asker), 1L, Long::sum);
    if (handed.size() > MAX_COLLECTED) {
      flush();
    }
  }

  /// Notes that a version was asked for and not handed out, or only by `audit` mode.
  ///
  /// @param lockfile the lockfile that asks; null where it is not known
  void askedInVain(CrateId id, Asker asker, @Nullable String lockfile, String reason) {
    Instant now = parts.clock().instant();
    List<String> lockfiles = lockfile == null ? List.of() : List.of(lockfile);
    Request request = new Request(id, now, now, 1, List.of(asker.toString()), lockfiles, reason);
    String key = id.name().collisionKey() + ' ' + id.version().text();
    asked.merge(key, request, Request::and);
    if (asked.size() > MAX_COLLECTED) {
      flush();
    }
  }

  /// Writes what was collected. What the store cannot take is lost, with an error in the log.
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
        parts.store().commit(Batch.synced(writes));
        writes.clear();
        if (!fresh.isEmpty()) {
          retention.requestsWritten(fresh);
        }
      }
      retention.saveCounts();
    } catch (StoreException e) {
      parts.growth().dropped().add(DropKind.UNWRITTEN, writes.size());
      LOG.log(System.Logger.Level.ERROR, "what was handed out could not be noted", e);
    } finally {
      flushing.unlock();
    }
  }

  private @Nullable Request earlier(Request request) {
    return parts.store().request(request.id().name(), request.id().version()).orElse(null);
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
          parts
              .growth()
              .addresses()
              .place(subject, address, count, () -> listed(key.day(), key.id()));
    }
    return new Access(key.day(), key.id(), asker.token(), address, count);
  }

  private Set<String> listed(LocalDate day, CrateId id) {
    try (Stream<Access> accesses = parts.store().accesses(day, id.name(), id.version())) {
      return accesses
          .filter(access -> access.token().equals(Asker.ANONYMOUS))
          .map(Access::address)
          .collect(Collectors.toSet());
    }
  }
}
