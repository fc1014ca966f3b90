package lazaret.vetting.gate.serving;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.gate.context.BoundedCache;
import lazaret.vetting.gate.evaluation.VerdictLog;
import lazaret.vetting.gate.retention.DropKind;
import lazaret.vetting.gate.retention.GrowthLimits;
import lazaret.vetting.gate.retention.ListedAddresses;
import lazaret.vetting.gate.store.ArtifactUse;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.gate.store.Batch.Write;
import lazaret.vetting.gate.store.DownloadRecord;
import lazaret.vetting.gate.store.QueuedRequest;
import lazaret.vetting.gate.store.Requester;
import lazaret.vetting.gate.store.Store;
import lazaret.vetting.gate.store.StoreException;
import lazaret.vetting.gate.store.WriteScope;
import org.jspecify.annotations.Nullable;

/// The log of downloads, refused requests, given verdicts and submitted lockfiles. It is written in
/// batches, so that a download does not wait for the disk. A written batch is on disk: a crash of
/// the machine loses only what was collected since. Thread-safe.
public final class UsageLog {
  private static final System.Logger LOG = System.getLogger(UsageLog.class.getName());

  /// The number of collected records above which they are written at once.
  private static final int MAX_COLLECTED = 10_000;

  private final Store store;
  private final Clock clock;
  private final GrowthLimits growth;
  private final VerdictLog verdictLog;
  private final LockfileSightings lockfileSightings;
  private final RetentionTask retention;
  private final ConcurrentHashMap<Handed, Long> handed = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<String, QueuedRequest> asked = new ConcurrentHashMap<>();

  /// The days of the last uses that were written, so that each is written once a day.
  private final BoundedCache<Sha256, LocalDate> used = new BoundedCache<>(100_000, _ -> 1);

  private final ReentrantLock flushing = new ReentrantLock();
  private final List<RequestListener> listeners = new CopyOnWriteArrayList<>();

  /// A receiver of changes of queued requests. Called after readers of the store can see the
  /// change; must neither block nor throw.
  public interface RequestListener {
    /// Reports that the request for a version was written or removed.
    void changed(CrateName name, CrateVersion version);
  }

  public UsageLog(Store store, Clock clock, GrowthLimits growth) {
    this.store = store;
    this.clock = clock;
    this.growth = growth;
    this.verdictLog = new VerdictLog(store, clock, growth);
    this.lockfileSightings = new LockfileSightings(store, clock, growth);
    this.retention = new RetentionTask(store, clock, growth, this::changed);
  }

  /// Adds a receiver of all later changes of queued requests by this log and its retention. It is
  /// never removed. Decisions change requests too; they are changes of a crate.
  public void onRequest(RequestListener listener) {
    listeners.add(listener);
  }

  /// Passes on that the request for a version was written or removed, here or on another node.
  public void changed(CrateName name, CrateVersion version) {
    listeners.forEach(listener -> listener.changed(name, version));
  }

  /// Returns the log of given verdicts.
  public VerdictLog verdictLog() {
    return verdictLog;
  }

  /// Returns the enforcement of the retention limits.
  public RetentionTask retention() {
    return retention;
  }

  /// Returns the log of submitted lockfiles.
  public LockfileSightings lockfileSightings() {
    return lockfileSightings;
  }

  private record Handed(LocalDate day, CrateId id, Requester requester) {}

  /// Records a download.
  public void handedOut(CrateId id, Requester asker) {
    LocalDate day = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    handed.merge(new Handed(day, id, asker), 1L, Long::sum);
    if (handed.size() > MAX_COLLECTED) {
      flush();
    }
  }

  /// Records a request for a version that was not served, or only because of `audit` mode.
  ///
  /// @param lockfile the lockfile that requires it; null if unknown
  public void askedInVain(CrateId id, Requester asker, @Nullable String lockfile, String reason) {
    Instant now = clock.instant();
    List<String> lockfiles = lockfile == null ? List.of() : List.of(lockfile);
    QueuedRequest request =
        new QueuedRequest(id, now, now, 1, List.of(asker.toString()), lockfiles, reason);
    String key = id.name().collisionKey() + ' ' + id.version().text();
    asked.merge(key, request, QueuedRequest::and);
    if (asked.size() > MAX_COLLECTED) {
      flush();
    }
  }

  /// Writes the collected records. Records that the store refuses are lost, with an error in the
  /// log.
  public void flush() {
    verdictLog.flush();
    lockfileSightings.flush();
    List<Write> downloads = new ArrayList<>();
    List<QueuedRequest> requests = new ArrayList<>();
    flushing.lock();
    try {
      if (!handed.isEmpty()) {
        int _ = store.readThreads().run(() -> addDownloads(downloads));
      }
      for (String key : List.copyOf(asked.keySet())) {
        QueuedRequest request = asked.remove(key);
        if (request != null) {
          requests.add(request);
        }
      }
      if (!downloads.isEmpty() || !requests.isEmpty()) {
        List<QueuedRequest> fresh =
            requests.isEmpty()
                ? write(downloads, requests)
                : store.serially(WriteScope.REQUESTS, () -> write(downloads, requests));
        requests.forEach(each -> changed(each.id().name(), each.id().version()));
        downloads.clear();
        requests.clear();
        if (!fresh.isEmpty()) {
          retention.requestsWritten(fresh);
        }
      }
      retention.saveCounts();
    } catch (StoreException e) {
      growth.dropped().add(DropKind.UNWRITTEN, downloads.size() + requests.size());
      // Their uses are not written either: the next download of the day writes them.
      used.dropAll();
      LOG.log(System.Logger.Level.ERROR, "served artifacts not recorded", e);
    } finally {
      flushing.unlock();
    }
  }

  /// Writes downloads, and requests merged with the stored ones.
  ///
  /// @return the requests that were not stored before
  private List<QueuedRequest> write(List<Write> downloads, List<QueuedRequest> requests) {
    List<Write> writes = new ArrayList<>(downloads);
    List<QueuedRequest> fresh = new ArrayList<>();
    for (QueuedRequest request : requests) {
      QueuedRequest earlier = earlier(request);
      writes.add(new Write.PutRequest(earlier == null ? request : earlier.and(request)));
      if (earlier == null) {
        fresh.add(request);
      }
    }
    store.commit(Batch.synced(writes));
    return fresh;
  }

  /// Adds the writes of the collected downloads, with the uses of the artifacts, and returns their
  /// number. The stored addresses of each version are read for it.
  private int addDownloads(List<Write> writes) {
    for (Handed key : List.copyOf(handed.keySet())) {
      Long count = handed.remove(key);
      if (count != null) {
        writes.add(new Write.AddDownload(access(key, count)));
        Sha256 cksum = key.id().cksum();
        if (!key.day().equals(used.get(cksum))) {
          writes.add(new Write.PutUse(new ArtifactUse(cksum, key.day())));
          used.put(cksum, key.day());
        }
      }
    }
    return writes.size();
  }

  private @Nullable QueuedRequest earlier(QueuedRequest request) {
    return store.request(request.id().name(), request.id().version()).orElse(null);
  }

  private DownloadRecord access(Handed key, long count) {
    Requester asker = key.requester();
    String address = asker.address();
    if (asker.token().equals(Requester.ANONYMOUS)) {
      CrateId id = key.id();
      var subject =
          new ListedAddresses.Subject(
              key.day(), id.name().collisionKey() + ' ' + id.version().text());
      address = growth.addresses().add(subject, address, count, () -> listed(key.day(), key.id()));
    }
    return new DownloadRecord(key.day(), key.id(), asker.token(), address, count);
  }

  private Set<String> listed(LocalDate day, CrateId id) {
    try (Stream<DownloadRecord> accesses = store.accesses(day, id.name(), id.version())) {
      return accesses
          .filter(access -> access.token().equals(Requester.ANONYMOUS))
          .map(DownloadRecord::address)
          .collect(Collectors.toSet());
    }
  }
}
