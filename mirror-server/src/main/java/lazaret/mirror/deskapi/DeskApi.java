package lazaret.mirror.deskapi;

import static java.lang.System.Logger.Level.ERROR;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import lazaret.mirror.feeds.Refreshes;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.LazaretException;
import lazaret.vetting.MalformedException;
import lazaret.vetting.desk.Desk;
import lazaret.vetting.desk.admin.StatusReport;
import lazaret.vetting.desk.review.VersionReport;
import lazaret.vetting.desk.snapshots.BundleService;
import lazaret.vetting.gate.serving.UpstreamUnavailableException;
import lazaret.vetting.gate.store.RunningOperations;

/// The API of the desk as a function from request to response. The server calls it for `/desk/v1/`,
/// and a command line calls it on a store that it has opened. Thread-safe; blocks.
public final class DeskApi {
  private static final System.Logger LOG = System.getLogger(DeskApi.class.getName());

  private final Desk desk;
  private final String version;
  private final DecisionCalls decisions;
  private final LockCalls locks;
  private final ReviewCalls reviews;
  private final FeedCalls feeds;
  private final ClosureCalls closures;
  private final TokenCalls tokens;
  private final StoreCalls stores;
  private final AuditCalls audits;
  private final PolicyCalls policies;
  private final DetonationCalls detonations;
  private final BundleCalls bundles;
  private final RemovalCalls removals;
  private final QueueCalls queue;
  private final Spelling spelling;
  private final RefusalCalls refusals;
  private final RunningOperations operations = new RunningOperations();

  /// Creates the API over a desk.
  ///
  /// @param refreshes fetch feeds and audits
  /// @param freight handles bundles; empty if the program was started without it
  /// @param version the version of this program, for `status`
  public DeskApi(Desk desk, Refreshes refreshes, Optional<BundleService> freight, String version) {
    this.desk = desk;
    this.version = version;
    this.decisions = new DecisionCalls(desk);
    this.locks = new LockCalls(desk);
    this.detonations = new DetonationCalls(desk);
    this.reviews = new ReviewCalls(desk, detonations);
    this.feeds = new FeedCalls(desk, refreshes.feeds());
    this.closures = new ClosureCalls(desk);
    this.tokens = new TokenCalls(desk);
    this.stores = new StoreCalls(desk);
    this.audits = new AuditCalls(desk, refreshes.audits());
    this.policies = new PolicyCalls(desk.policies());
    this.bundles = new BundleCalls(desk.snapshots(), freight);
    this.removals = new RemovalCalls(desk);
    this.queue = new QueueCalls(desk);
    this.spelling = new Spelling(desk);
    this.refusals = new RefusalCalls(desk);
  }

  /// Answers a request. Every failure is a response with `errors`; no exception leaves this method.
  public DeskResponse handle(DeskRequest request) {
    try {
      DeskRoute.Match match = DeskRoute.match(request.method(), request.path()).orElse(null);
      if (match == null) {
        return DeskResponse.error(
            ErrorCode.UNKNOWN, "the desk has no such path or method; see /desk/v1/openapi.json");
      }
      if (!request.caller().may(match.route().scope())) {
        return DeskResponse.error(
            ErrorCode.FORBIDDEN,
            "token '%s' lacks the scope '%s'"
                .formatted(request.caller().name(), ReportJson.word(match.route().scope())));
      }
      if (request.body().length() > match.route().body().maxBytes()) {
        return DeskResponse.error(
            ErrorCode.TOO_LARGE,
            "the body has %d bytes, at most %d are accepted"
                .formatted(request.body().length(), match.route().body().maxBytes()));
      }
      return dispatch(match, request);
    } catch (MalformedException | IllegalArgumentException e) {
      return DeskResponse.error(ErrorCode.MALFORMED_INPUT, text(e));
    } catch (LazaretException e) {
      return DeskResponse.error(e.code(), text(e));
    } catch (RuntimeException e) {
      // The trace is for the log: it would reveal only internals to the caller.
      LOG.log(ERROR, "the desk failed on " + request.method() + " " + request.path(), e);
      return DeskResponse.error(
          ErrorCode.INTERNAL, "a defect of the gate: its log has the trace; please report it");
    }
  }

  private static String text(RuntimeException e) {
    String message = e.getMessage();
    return message == null ? e.getClass().getSimpleName() : message;
  }

  private DeskResponse dispatch(DeskRoute.Match match, DeskRequest request) {
    Target target = new Target(match.values(), request.query());
    return switch (match.route()) {
      case STATUS -> status();
      case CRATE -> crate(target);
      case VERSION -> version(target, request);
      case QUEUE -> queue.list(target);
      case QUEUE_REQUEST -> queue.show(target);
      case QUEUE_ACT -> queue.act(target, request);
      case EXPIRING -> expiring(target);
      case REQUEST -> refusals.request(request);
      case REFUSAL -> refusals.ofVersion(target);
      case REFUSAL_OF_REQUEST -> refusals.ofRequest(target);
      case EVENTS -> events(target);
      case REMOVALS -> removals.list(target);
      case REMOVALS_CONFIRM -> removals.confirm(request);
      case REVIEW -> reviews.review(target);
      case ARTIFACT -> detonations.artifact(target);
      case DETONATION -> detonations.file(target, request);
      case READING_LIST -> reviews.readingList(request);
      case DECIDE -> decisions.decide(request);
      case VERIFY -> locks.verify(request);
      case CLOSURE -> closures.closure(request);
      case PREFETCH -> locks.prefetch(request);
      case FEEDS -> feeds.list();
      case FEEDS_REFRESH -> feeds.refresh(request);
      case FEED_PUT -> feeds.put(target, request);
      case FEED_FETCH -> feeds.fetch(target, request);
      case FEED_DROP -> feeds.remove(target, request);
      case ADVISORY -> feeds.advisory(target);
      case WHO -> feeds.who(target.name(), target.version());
      case AUDITS -> audits.list();
      case AUDITS_EXPORT -> audits.export();
      case AUDITS_IMPORT -> audits.take(request);
      case AUDITS_REFRESH -> audits.refresh(request);
      case AUDITS_OF_CRATE -> audits.show(target.name());
      case AUDITS_OF_VERSION -> audits.show(target.name(), target.version());
      case AUDITS_REMOVE -> audits.remove(target.value(0), request);
      case POLICY -> policies.show();
      case POLICY_CHECK -> policies.check(request);
      case TOKENS -> tokens.list();
      case TOKEN_CREATE -> tokens.create(request);
      case TOKEN_REVOKE -> tokens.revoke(target.value(0), request);
      case IMPORT_INDEX -> stores.importIndex(target.name(), request);
      case IMPORT_CRATE -> stores.importCrate(target.name(), target.version(), request);
      case IMPORTED -> stores.imported(request);
      case SNAPSHOTS -> bundles.list();
      case TRUST -> bundles.trust();
      case BUNDLES -> operations.run(target.value(0), () -> bundles.ask(target.value(0), request));
      case OPERATIONS -> operations(target);
      case FSCK -> operations.run("fsck", () -> stores.fsck(request));
      case BACKUP -> operations.run("backup", () -> stores.backup(request));
    };
  }

  private DeskResponse status() {
    StatusReport report = desk.status();
    return DeskResponse.ok(
        json -> {
          json.put("version", version);
          ReportJson.status(json, report);
          bundles.status(json);
          removals.status(json);
        });
  }

  private DeskResponse operations(Target target) {
    target.parameters(List.of());
    return DeskResponse.ok(
        json -> json.list("operations", operations.running(), ReportJson::operation));
  }

  private DeskResponse crate(Target target) {
    return desk.show(target.name())
        .map(
            report ->
                DeskResponse.ok(
                    json -> {
                      ReportJson.crate(json, report);
                      ReportJson.feedWarnings(json, desk);
                    }))
        .orElseGet(
            () ->
                DeskResponse.error(ErrorCode.UNKNOWN, "there is no crate '" + target.name() + "'"));
  }

  private DeskResponse version(Target target, DeskRequest request) {
    String at = target.parameters(List.of("at")).get("at");
    if (at != null) {
      return past(target, Target.moment("at", at));
    }
    boolean askers = request.caller().may(DeskRoute.QUEUE.scope());
    Optional<VersionReport> found;
    try {
      found =
          desk.why(target.name(), target.version())
              .or(() -> desk.why(target.name(), spelling.meant(target.name(), target.version())));
    } catch (UpstreamUnavailableException e) {
      // Malware must be reported also while upstream is down.
      return UnlistedAnswer.of(
          desk,
          target.name(),
          target.version(),
          new DeskResponse.Problem(e.code(), String.valueOf(e.getMessage()), null, null));
    }
    return found
        .map(
            report ->
                DeskResponse.ok(
                    json -> {
                      ReportJson.version(json, report, askers);
                      detonations.add(json, report.id());
                      ReportJson.feedWarnings(json, desk);
                    }))
        .orElseGet(() -> noVersion(target));
  }

  private DeskResponse past(Target target, Instant at) {
    return desk.why(target.name(), target.version(), at)
        .or(() -> desk.why(target.name(), spelling.meant(target.name(), target.version()), at))
        .map(report -> DeskResponse.ok(json -> PastJson.past(json, report)))
        .orElseGet(() -> noVersion(target));
  }

  private DeskResponse noVersion(Target target) {
    long snapshot = desk.snapshots().head();
    String where =
        snapshot == 0
            ? "in the index" + spelling.hint(target.name(), target.version())
            : "in snapshot %d: %s; outside: vetting-cli bundle export FOLDER --keys KEYS --crate %s@%s"
                .formatted(
                    snapshot,
                    desk.snapshots()
                        .store()
                        .snapshots()
                        .availability(target.name(), target.version()),
                    target.name(),
                    target.version());
    return UnlistedAnswer.unknown(
        desk,
        target.name(),
        target.version(),
        "there is no '%s %s' %s".formatted(target.name(), target.version(), where));
  }

  private DeskResponse expiring(Target target) {
    target.parameters(List.of());
    var report = desk.expiring();
    return DeskResponse.ok(json -> json.list("debt", report.lines(), ReportJson::debt));
  }

  private DeskResponse events(Target target) {
    var parameters = target.parameters(List.of("after", "limit"));
    long after = Target.number(parameters, "after", 0, Long.MAX_VALUE, 0);
    int limit = (int) Target.number(parameters, "limit", 1, 10_000, 1_000);
    var entries = desk.events(after, limit);
    long next = entries.isEmpty() ? after : entries.getLast().sequence();
    return DeskResponse.ok(
        json -> json.list("events", entries, ReportJson::entry).put("next", next));
  }
}
