package lazaret.vetting.desk.requests;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.gate.evaluation.CrateState;
import lazaret.vetting.gate.evaluation.CrateStates;
import lazaret.vetting.gate.serving.UsageLog;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.gate.store.QueuedRequest;
import lazaret.vetting.gate.store.Store;
import lazaret.vetting.ledger.Decision;
import lazaret.vetting.ledger.LedgerEntry;
import lazaret.vetting.ledger.Notice;
import lazaret.vetting.policy.Reason;
import lazaret.vetting.policy.Verdict;
import org.jspecify.annotations.Nullable;

/// The queue of requested versions that were withheld, with their current verdicts and the steps of
/// reviewers. The steps are ledger entries. Thread-safe; blocks.
public final class RequestQueue {
  private static final int MAX_LISTED = 10_000;
  private static final Pattern PERSON = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:@+-]{0,63}");

  private final Store store;
  private final Clock clock;
  private final CrateStates files;
  private final UsageLog usageLog;
  private final ReentrantLock lock = new ReentrantLock();

  // guarded by lock
  private final RequestHistories histories = new RequestHistories();

  public RequestQueue(Store store, Clock clock, CrateStates files, UsageLog usageLog) {
    this.store = store;
    this.clock = clock;
    this.files = files;
    this.usageLog = usageLog;
  }

  /// A queued request in its current state.
  ///
  /// @param request the request
  /// @param state its state
  /// @param verdict the current verdict; null if the version is not in a stored index file
  /// @param history the handling by reviewers
  /// @param approvedBy the persons who approved it, if it waits for a second one
  public record Queued(
      QueuedRequest request,
      RequestState state,
      @Nullable Verdict verdict,
      RequestHistory history,
      List<String> approvedBy) {
    /// Copies the list.
    public Queued {
      approvedBy = List.copyOf(approvedBy);
    }
  }

  /// The queue at one moment.
  ///
  /// @param requests all requests, latest first
  /// @param counts the number of requests in each state
  /// @param more the number of requests beyond the limit of a listing
  public record Report(List<Queued> requests, Map<RequestState, Integer> counts, long more) {
    /// Copies the collections.
    public Report {
      requests = List.copyOf(requests);
      counts = Map.copyOf(counts);
    }

    /// Returns the number of requests in a state.
    public int count(RequestState state) {
      return counts.getOrDefault(state, 0);
    }
  }

  /// Returns the queued requests, latest first; at most 10,000.
  public List<QueuedRequest> list() {
    usageLog.flush();
    try (Stream<QueuedRequest> requests = store.requests()) {
      return requests
          .sorted(Comparator.comparing(QueuedRequest::last).reversed())
          .limit(MAX_LISTED)
          .toList();
    }
  }

  /// Returns the queue with current verdicts.
  public Report report() {
    List<QueuedRequest> open = list();
    Map<String, Optional<CrateState>> known = new HashMap<>();
    List<Queued> queued = new ArrayList<>();
    Map<RequestState, Integer> counts = new EnumMap<>(RequestState.class);
    // A copy: the evaluation of many requests takes long, and pages and decisions need the lock.
    RequestHistories handled = histories();
    for (QueuedRequest request : open) {
      CrateState file =
          known
              .computeIfAbsent(
                  request.id().name().collisionKey(), _ -> files.find(request.id().name()))
              .orElse(null);
      Queued one = queued(request, file, handled);
      queued.add(one);
      counts.merge(one.state(), 1, Integer::sum);
    }
    long more = Math.max(0, store.counts().requests() - open.size());
    return new Report(queued, counts, more);
  }

  /// Returns the queued request for a version, or empty if there is none.
  public Optional<Queued> find(CrateName name, CrateVersion version) {
    usageLog.flush();
    lock.lock();
    try {
      update();
      return found(name, version);
    } finally {
      lock.unlock();
    }
  }

  /// The version of a request.
  public record Key(CrateName name, CrateVersion version) {}

  /// The result of a step that was ordered for several requests. If one is refused, none is
  /// recorded.
  ///
  /// @param requests the requests after the step, in the order of the versions
  /// @param refused the refusals
  public record StepsReport(List<Queued> requests, List<RefusedStep> refused) {
    /// Copies the lists.
    public StepsReport {
      requests = List.copyOf(requests);
      refused = List.copyOf(refused);
    }
  }

  /// A request for which a step is refused.
  ///
  /// @param key the version
  /// @param code `unknown` if there is no such request, else `malformed-input`
  /// @param detail one clause for a person
  public record RefusedStep(Key key, ErrorCode code, String detail) {}

  /// Returns a copy of the histories of all requests.
  public RequestHistories histories() {
    lock.lock();
    try {
      update();
      return histories.copy();
    } finally {
      lock.unlock();
    }
  }

  /// Returns the history of the request for a version, also after a decision took it from the
  /// queue; [RequestHistory#NONE] if it was never handled.
  public RequestHistory history(CrateName name, CrateVersion version) {
    lock.lock();
    try {
      update();
      return histories.of(name, version.text());
    } finally {
      lock.unlock();
    }
  }

  /// Returns the notice that a decision settles the request of persons, or empty if no person asked
  /// for the version.
  public Optional<Notice> settled(Decision decision) {
    lock.lock();
    try {
      update();
      return SettlementNotice.of(
          decision, histories.of(decision.id().name(), decision.id().version().text()));
    } finally {
      lock.unlock();
    }
  }

  /// Records one step of a reviewer for several requests in one batch, or for none of them.
  ///
  /// @param keys the versions, each once
  /// @param order as in [#act]
  /// @param onlyHeld whether a version that time alone does not free is refused
  /// @throws MalformedException if the text does not fit the step
  public StepsReport actAll(
      List<Key> keys, RequestStep.Kind kind, RequestStep.Order order, boolean onlyHeld) {
    check(kind, order.text());
    usageLog.flush();
    lock.lock();
    try {
      update();
      List<RefusedStep> refused = new ArrayList<>();
      List<Batch.Write> writes = new ArrayList<>();
      for (Key key : keys) {
        Queued open = found(key.name(), key.version()).orElse(null);
        String misfit =
            open == null
                ? "there is no open request"
                : onlyHeld && !(open.verdict() instanceof Verdict.Hold)
                    ? notHeld(kind)
                    : misfit(kind, open);
        if (open == null || misfit != null) {
          ErrorCode code = open == null ? ErrorCode.UNKNOWN : ErrorCode.MALFORMED_INPUT;
          refused.add(new RefusedStep(key, code, String.valueOf(misfit)));
        } else {
          writes.addAll(writes(kind, order, open));
        }
      }
      if (!refused.isEmpty()) {
        return new StepsReport(List.of(), refused);
      }
      store.commit(Batch.synced(writes));
      update();
      return new StepsReport(
          keys.stream().flatMap(key -> found(key.name(), key.version()).stream()).toList(),
          List.of());
    } finally {
      lock.unlock();
    }
  }

  private List<Batch.Write> writes(RequestStep.Kind kind, RequestStep.Order order, Queued open) {
    Notice notice =
        new Notice(
            kind.notice(),
            clock.instant(),
            order.by(),
            open.request().id().name(),
            open.request().id().version().text(),
            order.text());
    List<Batch.Write> writes = new ArrayList<>();
    writes.add(new Batch.Write.Append(notice));
    if (kind == RequestStep.Kind.CLOSE) {
      SettlementNotice.of(notice, open.history())
          .ifPresent(settled -> writes.add(new Batch.Write.Append(settled)));
    }
    return writes;
  }

  /// Records a step of a reviewer in the ledger.
  ///
  /// @param order the reviewer, and the reason, comment or person; the text is empty if the step
  ///   has none
  /// @return the request after the step, or empty if there is no queued request for the version
  /// @throws MalformedException if the text does not fit the step, or the step does not fit the
  ///   request
  public Optional<Queued> act(
      CrateName name, CrateVersion version, RequestStep.Kind kind, RequestStep.Order order) {
    check(kind, order.text());
    usageLog.flush();
    lock.lock();
    try {
      update();
      Queued open = found(name, version).orElse(null);
      if (open == null) {
        return Optional.empty();
      }
      String misfit = misfit(kind, open);
      if (misfit != null) {
        throw new MalformedException(misfit);
      }
      store.commit(Batch.synced(writes(kind, order, open)));
      update();
      return found(name, version);
    } finally {
      lock.unlock();
    }
  }

  private static String notHeld(RequestStep.Kind kind) {
    return "cannot %s the request: expected a version that only its cooldown withholds, found another; leave it out"
        .formatted(kind.code());
  }

  private static void check(RequestStep.Kind kind, String text) {
    if (kind.needsText() && text.isBlank()) {
      throw new MalformedException(
          "cannot %s a request: expected a text, found none".formatted(kind.code()));
    }
    if (text.length() > RequestStep.MAX_TEXT) {
      throw new MalformedException(
          "cannot %s a request: expected at most %d characters, found %d"
              .formatted(kind.code(), RequestStep.MAX_TEXT, text.length()));
    }
    if (kind == RequestStep.Kind.ASSIGN && !PERSON.matcher(text).matches()) {
      throw new MalformedException(
          "cannot assign a request: expected the owner of a token: 1 to 64 letters, digits, '.',"
              + " '_', '-', ':', '@' or '+'");
    }
  }

  /// Returns the reason for which a step does not fit a request, or null if it fits.
  private static @Nullable String misfit(RequestStep.Kind kind, Queued open) {
    boolean closed = open.history().closed();
    return switch (kind) {
      case CLOSE -> closed ? "cannot close the request: it is closed already" : null;
      case REOPEN -> closed ? null : "cannot reopen the request: it is not closed";
      case ASK, COMMENT, ASSIGN, UNASSIGN -> null;
    };
  }

  private void update() {
    try (Stream<LedgerEntry> ledger = store.ledger(histories.read())) {
      ledger.forEach(histories::add);
    }
  }

  private Optional<Queued> found(CrateName name, CrateVersion version) {
    return store
        .request(name, version)
        .map(request -> queued(request, files.find(name).orElse(null), histories));
  }

  private Queued queued(
      QueuedRequest request, @Nullable CrateState file, RequestHistories handled) {
    CrateVersion version = request.id().version();
    Verdict verdict =
        file == null
            ? null
            : file.line(version)
                .map(line -> file.evaluate(line, files.rulebook(), clock.instant()))
                .orElse(null);
    RequestHistory history = handled.of(request.id().name(), version.text());
    List<String> approvers =
        file == null || verdict == null || !verdict.has(Reason.Code.SECOND_PERSON_NEEDED)
            ? List.of()
            : files
                .rulebook()
                .policy()
                .evidence()
                .approver()
                .counted(file.decisions(version), clock.instant())
                .stream()
                .map(Decision::by)
                .toList();
    return new Queued(request, RequestState.of(history, verdict), verdict, history, approvers);
  }
}
