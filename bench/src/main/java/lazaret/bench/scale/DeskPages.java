package lazaret.bench.scale;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import lazaret.mirror.upstream.OfflineUpstream;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateSpec;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.desk.Desk;
import lazaret.vetting.desk.api.Caller;
import lazaret.vetting.desk.api.DeskApi;
import lazaret.vetting.desk.api.HandlerTable;
import lazaret.vetting.desk.audits.AuditImportReport;
import lazaret.vetting.desk.audits.AuditRefresher;
import lazaret.vetting.desk.audits.AuditService;
import lazaret.vetting.desk.review.ReviewParts;
import lazaret.vetting.deskapi.Operation;
import lazaret.vetting.deskapi.Operations;
import lazaret.vetting.deskapi.Reply;
import lazaret.vetting.deskapi.RequestOperations;
import lazaret.vetting.deskapi.requests.SubmitRequest;
import lazaret.vetting.detonation.DetonationHandlerSource;
import lazaret.vetting.gate.Gate;
import lazaret.vetting.gate.context.CurrentRulebook;
import lazaret.vetting.gate.context.GateContext;
import lazaret.vetting.gate.context.GateOptions;
import lazaret.vetting.gate.feeds.FeedLocation;
import lazaret.vetting.gate.feeds.FeedRefresher;
import lazaret.vetting.gate.feeds.FeedService;
import lazaret.vetting.gate.feeds.FeedUpdateReport;
import lazaret.vetting.gate.store.Store;
import lazaret.vetting.policy.Policy;
import lazaret.vetting.queue.QueueService;
import lazaret.vetting.reading.ReadingHandlerSource;
import lazaret.vetting.reading.ReadingService;
import lazaret.vetting.roles.DeskRole;
import lazaret.vetting.roles.RoleGrants;
import lazaret.web.DeskCalls;
import lazaret.web.SignInFlow;
import lazaret.web.WebRequest;
import lazaret.web.WebResponse;
import lazaret.web.WebSettings;
import lazaret.web.WebVisitor;
import lazaret.web.desk.WebDesk;
import org.jspecify.annotations.Nullable;

/// The pages of the desk over a store, without a listener: a request is a call. All caches are
/// empty at first.
final class DeskPages implements AutoCloseable {
  private static final RoleGrants ROLES = RoleGrants.of(DeskRole.REVIEWER);
  private static final WebVisitor VISITOR = new WebVisitor.SignedIn("ann", "Ann", ROLES);

  private final Gate gate;
  private final QueueService queue;
  private final DeskApi api;
  private final WebDesk web;

  DeskPages(Store store, Clock clock) {
    CurrentRulebook rules = CurrentRulebook.of(Policy.DEFAULT);
    FeedService.load(store, rules);
    GateContext parts =
        new GateContext(store, new OfflineUpstream(clock), rules, clock, GateOptions.DEFAULT);
    this.gate = new Gate(parts);
    ReviewParts reviews = ReviewParts.of(parts, gate);
    ReadingService reading = new ReadingService(parts, gate, reviews);
    Desk desk = new Desk(parts, gate, reviews, reading, reading);
    this.queue = new QueueService(parts, gate, desk, reading::prepare);
    var detonations = new DetonationHandlerSource(parts, gate, desk);
    this.api =
        new DeskApi(
            desk,
            new DeskApi.Parts(
                new NoFeeds(),
                new NoAudits(),
                null,
                "bench",
                detonations,
                List.of(
                    detonations,
                    queue.handlers(),
                    new ReadingHandlerSource(parts, reading),
                    DeskPages::addAbsent),
                DeskApi.HealthCheck.NONE));
    this.web = new WebDesk(new WebSettings("http://localhost:80", "bench", clock), new NoSignIn());
  }

  @Override
  public void close() {
    queue.close();
    gate.close();
  }

  /// Prepares some versions of the queue, as the background work does each second.
  void prepare() {
    queue.prepare();
  }

  /// Asks for a version with a reason.
  void ask(CrateName name, CrateVersion version) {
    SubmitRequest order = new SubmitRequest(new CrateSpec(name, version, null), "needed", null);
    if (api.call(RequestOperations.SUBMIT, order, caller("bob"))
        instanceof Reply.Refused<?> refused) {
      throw new IllegalStateException("not queued: " + refused.problems());
    }
  }

  private static Caller caller(String person) {
    return Caller.person(person, ROLES, "127.0.0.1");
  }

  /// Returns a page as text.
  ///
  /// @param path the path, as sent
  /// @param query the query without its question mark; empty if there is none
  String page(String path, String query) {
    WebRequest request =
        new WebRequest(
            "GET", path, query, _ -> Optional.empty(), Bytes.EMPTY, true, VISITOR, new Calls(api));
    WebResponse response = web.respond(request);
    if (response.status() != 200) {
      throw new IllegalStateException(path + " has status " + response.status());
    }
    return response.body().text();
  }

  /// The operations for one person.
  private record Calls(DeskApi api) implements DeskCalls {
    @Override
    public <Q extends Record, R extends Record> Reply<R> call(
        Operation<Q, R> operation, Q request) {
      return api.call(operation, request, caller("ann"));
    }
  }

  /// Adds handlers for the operations that no page here calls.
  private static void addAbsent(HandlerTable handlers) {
    Operations.all().forEach(operation -> addAbsent(handlers, operation));
  }

  private static <Q extends Record, R extends Record> void addAbsent(
      HandlerTable handlers, Operation<Q, R> operation) {
    try {
      handlers.add(
          operation,
          (_, _) -> {
            throw absent();
          });
    } catch (IllegalStateException _) {
      // Another module has the handler.
    }
  }

  private static UnsupportedOperationException absent() {
    return new UnsupportedOperationException("not part of this measurement");
  }

  private static final class NoFeeds implements FeedRefresher {
    @Override
    public List<FeedUpdateReport> now(String by) {
      return List.of();
    }

    @Override
    public FeedUpdateReport refresh(FeedLocation location, String by) {
      throw absent();
    }
  }

  private static final class NoAudits implements AuditRefresher {
    @Override
    public List<AuditRefresher.Outcome> now(String by) {
      return List.of();
    }

    @Override
    public AuditImportReport fetch(AuditService.Followed source, boolean allowFewer, String by) {
      throw absent();
    }
  }

  private static final class NoSignIn implements SignInFlow {
    @Override
    public Optional<String> provider() {
      return Optional.empty();
    }

    @Override
    public SignInFlow.Outcome begin(String to) {
      return new SignInFlow.Outcome.Refused(404, "no provider is configured");
    }

    @Override
    public SignInFlow.Outcome finish(
        String query, @Nullable String begun, @Nullable String earlier) {
      return new SignInFlow.Outcome.Refused(404, "no provider is configured");
    }

    @Override
    public SignInFlow.Outcome byToken(String token, @Nullable String earlier) {
      return new SignInFlow.Outcome.Refused(403, "no token is known");
    }

    @Override
    public Optional<String> end(String secret) {
      return Optional.empty();
    }
  }
}
