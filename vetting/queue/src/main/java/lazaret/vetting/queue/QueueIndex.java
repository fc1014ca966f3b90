package lazaret.vetting.queue;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.desk.requests.RequestQueue;
import lazaret.vetting.gate.Gate;
import lazaret.vetting.gate.context.GateContext;
import lazaret.vetting.gate.evaluation.CrateStates;
import lazaret.vetting.gate.store.QueuedRequest;
import lazaret.vetting.gate.store.Store;
import lazaret.vetting.ledger.Decision;
import lazaret.vetting.ledger.LedgerEntry;
import lazaret.vetting.policy.rules.Rulebook;
import org.jspecify.annotations.Nullable;

/// The queued requests in heap, with their verdicts; at most [#MAX_ROWS]. The index is read from
/// the store once, and again after a tenth of a full index was decided. Otherwise it follows the
/// usage log, the ledger and the changes of crates, so that the cost of a reading does not depend
/// on the size of the store. Thread-safe; blocks.
final class QueueIndex {
  /// The maximum number of requests in heap, the latest ones.
  static final int MAX_ROWS = 10_000;

  /// The number of versions that each refresh evaluates if as many are due.
  static final int MIN_EVALUATIONS = 8;

  private final Store store;
  private final GateContext parts;
  private final CrateStates files;
  private final QueueEvaluator evaluator;
  private final int limit;

  /// The requests that were written or removed since they were read.
  private final Set<RequestQueue.Key> changed = ConcurrentHashMap.newKeySet();

  /// The crates of the rows; a change of another crate is ignored.
  private final Set<String> crates = ConcurrentHashMap.newKeySet();

  private final Set<String> changedCrates = ConcurrentHashMap.newKeySet();

  /// True if changes of other nodes were missed.
  private volatile boolean missed;

  /// Fair, so that a page does not wait for all of the background work.
  private final ReentrantLock lock = new ReentrantLock(true);

  // guarded by lock
  private final Map<String, QueueRow> rows = new LinkedHashMap<>();

  /// The rows by the time of the last request, oldest first; their evaluations are missing here.
  private final NavigableSet<QueueRow> byAge =
      new TreeSet<>(
          Comparator.comparing((QueueRow row) -> row.request().last())
              .thenComparing(row -> row.key()));

  private final Map<String, Set<String>> ofCrate = new HashMap<>();
  private final Set<String> stale = new LinkedHashSet<>();
  private boolean loaded;

  /// True if the store can have requests that the index left out.
  private boolean omits;

  private long read;
  private long structure;
  private long head = -1;
  private @Nullable Rulebook rulebook;

  private volatile View last = new View(List.of(), 0, 0);

  private QueueIndex(GateContext parts, Gate gate, int limit) {
    this.limit = limit;
    this.parts = parts;
    this.store = parts.store();
    this.files = gate.files();
    this.evaluator = new QueueEvaluator(gate.files());
  }

  /// Creates an empty index that follows a gate.
  static QueueIndex of(GateContext parts, Gate gate) {
    return of(parts, gate, MAX_ROWS);
  }

  /// Creates an empty index with another limit.
  ///
  /// @param limit the maximum number of requests in heap, at least 1
  static QueueIndex of(GateContext parts, Gate gate, int limit) {
    QueueIndex index = new QueueIndex(parts, gate, limit);
    gate.usageLog()
        .onRequest((name, version) -> index.changed.add(new RequestQueue.Key(name, version)));
    gate.files().onChange(index::changed, () -> index.missed = true);
    return index;
  }

  private void changed(CrateName name) {
    if (crates.contains(name.collisionKey())) {
      changedCrates.add(name.collisionKey());
    }
  }

  /// The rows at one moment.
  ///
  /// @param rows the rows, in no order
  /// @param notEvaluated the number of rows whose evaluation is missing or may be old
  /// @param structure a number that changes with the rows, their requirements and their kinds of
  ///   verdicts
  record View(List<QueueRow> rows, int notEvaluated, long structure) {
    View {
      rows = List.copyOf(rows);
    }
  }

  /// Brings the index up to date. Requests of builds that the usage log did not write yet appear
  /// some seconds later: a page does not wait for the disk.
  ///
  /// @param most the time for evaluations, after which other versions keep their last one; at least
  ///   [#MIN_EVALUATIONS] versions are evaluated
  View refresh(Duration most) {
    lock.lock();
    try {
      Instant now = parts.clock().instant();
      load();
      readMissed();
      followLedger();
      takeRequests();
      fill();
      takeCrates();
      QueueEvaluator.Basis basis = evaluator.basis(now);
      markStale(basis);
      evaluate(basis, most);
      last = new View(List.copyOf(rows.values()), stale.size(), structure);
      return last;
    } finally {
      lock.unlock();
    }
  }

  /// Returns the rows as the last [#refresh] left them, without waiting; none before the first one.
  View last() {
    return last;
  }

  private void load() {
    if (loaded) {
      return;
    }
    read = store.ledgerHead().map(LedgerEntry::sequence).orElse(0L);
    readRequests();
    loaded = true;
  }

  private void readMissed() {
    if (!missed) {
      return;
    }
    missed = false;
    for (QueueRow row : rows.values()) {
      CrateId id = row.request().id();
      changed.add(new RequestQueue.Key(id.name(), id.version()));
    }
    changedCrates.addAll(crates);
    try {
      readRequests();
    } catch (RuntimeException e) {
      missed = true;
      throw e;
    }
  }

  /// Reads the requests that were left out, after many of the others were decided. A reading for
  /// each decided one would sort all requests of the store each time.
  private void fill() {
    if (omits && rows.size() < limit - limit / 10) {
      readRequests();
    }
  }

  private void readRequests() {
    try (Stream<QueuedRequest> requests = store.requests()) {
      requests
          .sorted(Comparator.comparing(QueuedRequest::last).reversed())
          .limit(limit)
          .forEach(this::put);
    }
    omits = rows.size() >= limit;
  }

  /// A decision can write or remove a request without the usage log.
  private void followLedger() {
    try (Stream<LedgerEntry> entries = store.ledger(read)) {
      entries.forEach(
          entry -> {
            read = entry.sequence();
            if (entry.event() instanceof Decision decision) {
              changed.add(new RequestQueue.Key(decision.id().name(), decision.id().version()));
            }
          });
    }
  }

  private void takeRequests() {
    for (Iterator<RequestQueue.Key> rest = changed.iterator(); rest.hasNext(); ) {
      RequestQueue.Key key = rest.next();
      // Removed before the store is read: a later change adds it again.
      rest.remove();
      QueuedRequest request = store.request(key.name(), key.version()).orElse(null);
      if (request == null) {
        remove(key.name(), key.version());
      } else {
        put(request);
      }
    }
  }

  private void takeCrates() {
    for (Iterator<String> rest = changedCrates.iterator(); rest.hasNext(); ) {
      String crate = rest.next();
      rest.remove();
      stale.addAll(ofCrate.getOrDefault(crate, Set.of()));
    }
  }

  private void put(QueuedRequest request) {
    String key = QueueRow.key(request.id().name(), request.id().version());
    QueueRow known = rows.get(key);
    if (known == null && rows.size() >= limit && !dropOlder(request)) {
      return;
    }
    if (known != null) {
      byAge.remove(known);
    }
    byAge.add(new QueueRow(request, null));
    boolean same = known != null && known.request().id().equals(request.id());
    rows.put(key, new QueueRow(request, known != null && same ? known.evaluation() : null));
    if (!same) {
      structure++;
      stale.add(key);
      String crate = request.id().name().collisionKey();
      ofCrate.computeIfAbsent(crate, _ -> new LinkedHashSet<>()).add(key);
      crates.add(crate);
    }
  }

  /// Removes the oldest row in favor of a later request.
  ///
  /// @return whether there was an older one
  private boolean dropOlder(QueuedRequest request) {
    omits = true;
    QueuedRequest oldest = byAge.isEmpty() ? request : byAge.first().request();
    boolean older = oldest.last().isBefore(request.last());
    if (older) {
      remove(oldest.id().name(), oldest.id().version());
    }
    return older;
  }

  private void remove(CrateName name, CrateVersion version) {
    String key = QueueRow.key(name, version);
    QueueRow removed = rows.remove(key);
    if (removed == null) {
      return;
    }
    byAge.remove(removed);
    structure++;
    stale.remove(key);
    Set<String> others = ofCrate.getOrDefault(name.collisionKey(), new LinkedHashSet<>());
    others.remove(key);
    if (others.isEmpty()) {
      ofCrate.remove(name.collisionKey());
      crates.remove(name.collisionKey());
    }
  }

  private void markStale(QueueEvaluator.Basis basis) {
    boolean other = basis.rulebook() != rulebook || files.head() != head;
    boolean otherHead = files.head() != head;
    rulebook = basis.rulebook();
    head = files.head();
    for (QueueRow row : rows.values()) {
      QueueEvaluation known = row.evaluation();
      if (known == null
          || otherHead
          || known.expired(basis.now())
          || (other && !known.generation().equals(basis.generation(row.request())))) {
        stale.add(row.key());
      }
    }
  }

  /// The time is measured by the monotonic clock.
  private void evaluate(QueueEvaluator.Basis basis, Duration most) {
    long begun = System.nanoTime();
    int done = 0;
    for (Iterator<String> rest = stale.iterator();
        rest.hasNext() && (done < MIN_EVALUATIONS || System.nanoTime() - begun < most.toNanos());
        done++) {
      String key = rest.next();
      rest.remove();
      QueueRow row = rows.get(key);
      if (row != null) {
        QueueEvaluation before = row.evaluation();
        QueueEvaluation after = evaluator.evaluate(row.request(), basis);
        rows.put(key, row.with(after));
        structure += before != null && before.groupsAs(after) ? 0 : 1;
      }
    }
  }
}
