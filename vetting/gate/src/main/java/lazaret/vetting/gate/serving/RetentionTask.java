package lazaret.vetting.gate.serving;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.gate.retention.ClientNetwork;
import lazaret.vetting.gate.retention.DropKind;
import lazaret.vetting.gate.retention.GrowthLimits;
import lazaret.vetting.gate.retention.RetentionOptions;
import lazaret.vetting.gate.retention.SurplusRequests;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.gate.store.Batch.Write;
import lazaret.vetting.gate.store.MetaKey;
import lazaret.vetting.gate.store.QueuedRequest;
import lazaret.vetting.gate.store.Requester;
import lazaret.vetting.gate.store.Store;
import lazaret.vetting.gate.store.StoreException;
import lazaret.vetting.ledger.Notice;
import org.jspecify.annotations.Nullable;

/// The removal of queued requests above their limits and, daily, of records past their retention.
/// Every step is a batch of its own, so that the next run continues an interrupted one.
/// Thread-safe.
public final class RetentionTask {
  private static final System.Logger LOG = System.getLogger(RetentionTask.class.getName());
  private static final Duration EVERY = Duration.ofDays(1);

  /// The maximum number of days that one run catches up. A clock that is ahead removes no more than
  /// these.
  private static final Duration MOST_AT_ONCE = Duration.ofDays(7);

  private static final int BATCH = 500;
  private static final int MAX_CLIENTS = 10_000;

  private final Store store;
  private final Clock clock;
  private final GrowthLimits growth;
  private final UsageLog.RequestListener listener;
  private final SurplusRequests surplus;
  // guarded by this; an upper bound on the requests of each client without a token
  private final Map<String, Integer> requestsOf = new HashMap<>();
  private boolean counted;
  private boolean loaded;
  private String saved = "";

  /// Creates a task.
  ///
  /// @param listener receives the requests that are removed
  RetentionTask(Store store, Clock clock, GrowthLimits growth, UsageLog.RequestListener listener) {
    this.store = store;
    this.clock = clock;
    this.growth = growth;
    this.listener = listener;
    this.surplus = new SurplusRequests(growth.options());
  }

  /// The last run.
  ///
  /// @param at its moment, by the clock of that time
  /// @param reached the moment from which retentions were counted
  private record Run(Instant at, Instant reached) {}

  /// Loads the counts of earlier processes, once.
  synchronized void load() {
    if (!loaded) {
      saved = store.meta(MetaKey.RETENTION_DROPPED).map(Bytes::text).orElse("");
      loaded = true;
      growth.dropped().load(saved);
    }
  }

  /// Stores the counts if they changed. If the store refuses, a later call stores them.
  synchronized void saveCounts() {
    try {
      load();
      String text = growth.dropped().text();
      if (!text.equals(saved)) {
        store.commit(
            Batch.relaxed(List.of(new Write.PutMeta(MetaKey.RETENTION_DROPPED, Bytes.utf8(text)))));
        saved = text;
      }
    } catch (StoreException e) {
      LOG.log(System.Logger.Level.DEBUG, "counts of omitted records not stored", e);
    }
  }

  /// Enforces the limits of queued requests after new ones were written.
  synchronized void requestsWritten(List<QueuedRequest> fresh) {
    RetentionOptions options = growth.options();
    boolean full = !counted || store.counts().requests() > options.requests();
    for (QueuedRequest request : fresh) {
      if (!named(request)) {
        for (String client : clients(request)) {
          full |= requestsOf.merge(client, 1, Integer::sum) > options.requestsOfClient();
        }
      }
    }
    if (full || requestsOf.size() > MAX_CLIENTS) {
      boundRequests();
    }
  }

  private void boundRequests() {
    List<SurplusRequests.Row<QueuedRequest>> rows;
    try (Stream<QueuedRequest> all = store.requests()) {
      rows = all.map(RetentionTask::row).toList();
    }
    List<QueuedRequest> drops = surplus.of(rows);
    var _ = drop(drops.stream(), RetentionTask::drop, DropKind.REQUESTS);
    requestsOf.clear();
    for (SurplusRequests.Row<QueuedRequest> row : rows) {
      if (!row.named()) {
        row.clients().forEach(client -> requestsOf.merge(client, 1, Integer::sum));
      }
    }
    for (QueuedRequest dropped : drops) {
      if (!named(dropped)) {
        clients(dropped).forEach(client -> requestsOf.merge(client, -1, Integer::sum));
      }
    }
    counted = true;
  }

  private static SurplusRequests.Row<QueuedRequest> row(QueuedRequest request) {
    // The lists of lockfiles are not kept: there may be many rows.
    QueuedRequest bare =
        new QueuedRequest(
            request.id(),
            request.first(),
            request.last(),
            request.count(),
            request.requesters(),
            List.of(),
            request.reason());
    return new SurplusRequests.Row<>(bare, clients(request), named(request), request.last());
  }

  private static boolean named(QueuedRequest request) {
    return request.requesters().isEmpty()
        || request.requesters().stream().anyMatch(Requester::hasToken);
  }

  private static List<String> clients(QueuedRequest request) {
    boolean named = named(request);
    return request.requesters().stream()
        .filter(asker -> Requester.hasToken(asker) == named)
        .map(RetentionTask::client)
        .distinct()
        .toList();
  }

  private static String client(String asker) {
    int at = asker.lastIndexOf('@');
    return Requester.hasToken(asker)
        ? "token " + asker.substring(0, at)
        : ClientNetwork.of(asker.substring(at + 1));
  }

  private static Write drop(QueuedRequest request) {
    return new Write.DropRequest(request.id().name(), request.id().version());
  }

  /// Removes records past their retention if the last run was a day ago. Appends the summaries of
  /// omitted notices.
  public synchronized void run() {
    summaries(growth.notices().takeSummaries(clock.instant()));
    Instant now = clock.instant();
    Run last = last();
    if (last != null && !now.isBefore(last.at()) && now.isBefore(last.at().plus(EVERY))) {
      saveCounts();
      return;
    }
    // A clock that is set far ahead must not empty the store: a run continues from the last one,
    // and the first one removes nothing.
    Instant reached = now;
    if (last != null) {
      Instant most = last.reached().plus(MOST_AT_ONCE);
      reached = now.isBefore(most) ? now : most;
      expire(reached);
    }
    Bytes run = Bytes.utf8(now + " " + reached);
    store.commit(Batch.relaxed(List.of(new Write.PutMeta(MetaKey.RETENTION_RAN, run))));
    saveCounts();
  }

  private void expire(Instant now) {
    RetentionOptions options = growth.options();
    Instant requests = now.minus(options.requestAge());
    Instant accesses = now.minus(options.accessAge());
    LocalDate day = LocalDate.ofInstant(accesses, ZoneOffset.UTC);
    removeAll(
        () -> store.requests().filter(request -> request.last().isBefore(requests)),
        RetentionTask::drop,
        DropKind.OLD_REQUESTS);
    removeAll(
        () -> store.accesses().takeWhile(access -> access.day().isBefore(day)),
        Write.DropAccess::new,
        DropKind.OLD_ACCESSES);
    removeAll(
        () -> store.lockfiles().filter(lockfile -> lockfile.last().isBefore(accesses)),
        lockfile -> new Write.DropLockfile(lockfile.digest()),
        DropKind.OLD_LOCKFILES);
  }

  /// Removes rows in rounds. Each round reads what is left, so that no stream is open while rows
  /// are removed.
  private <T> void removeAll(Supplier<Stream<T>> old, Function<T, Write> write, DropKind kind) {
    int dropped;
    do {
      try (Stream<T> rows = old.get()) {
        dropped = drop(rows.limit(20L * BATCH).toList().stream(), write, kind);
      }
    } while (dropped == 20 * BATCH && !Thread.currentThread().isInterrupted());
  }

  private <T> int drop(Stream<T> rows, Function<T, Write> write, DropKind kind) {
    List<Write> writes = rows.map(write).collect(Collectors.toCollection(ArrayList::new));
    for (int from = 0; from < writes.size(); from += BATCH) {
      List<Write> some = writes.subList(from, Math.min(writes.size(), from + BATCH));
      store.commit(Batch.relaxed(some));
      growth.dropped().add(kind, some.size());
      some.forEach(this::report);
    }
    return writes.size();
  }

  private void report(Write write) {
    if (write instanceof Write.DropRequest(CrateName name, CrateVersion version)) {
      listener.changed(name, version);
    }
  }

  /// Appends all summaries and stores the counts before the server stops.
  public synchronized void stop() {
    try {
      summaries(growth.notices().takeLastSummaries(clock.instant()));
      saveCounts();
    } catch (StoreException e) {
      LOG.log(System.Logger.Level.WARNING, "counts of omitted records not stored", e);
    }
  }

  private void summaries(List<Notice> summaries) {
    if (summaries.isEmpty()) {
      return;
    }
    List<Write> writes = summaries.stream().<Write>map(Write.Append::new).toList();
    try {
      store.commit(Batch.synced(writes));
    } catch (StoreException e) {
      growth.notices().putBack(summaries);
      throw e;
    }
  }

  private @Nullable Run last() {
    String[] moments = store.meta(MetaKey.RETENTION_RAN).map(Bytes::text).orElse("").split(" ", 2);
    try {
      return moments.length == 2
          ? new Run(Instant.parse(moments[0]), Instant.parse(moments[1]))
          : null;
    } catch (DateTimeParseException _) {
      return null;
    }
  }
}
