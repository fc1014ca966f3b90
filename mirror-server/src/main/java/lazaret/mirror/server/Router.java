package lazaret.mirror.server;

import io.helidon.http.RequestException;
import java.time.Duration;
import java.util.Optional;
import lazaret.mirror.budget.Budget;
import lazaret.mirror.budget.ServerBudgets;
import lazaret.mirror.clients.Client;
import lazaret.mirror.http.HostNames;
import lazaret.mirror.http.HttpRequest;
import lazaret.mirror.http.HttpResponse;
import lazaret.mirror.http.OverloadResponses;
import lazaret.mirror.http.RequestBudget;
import lazaret.mirror.http.RouteKind;
import lazaret.mirror.limits.ClientLimits;
import lazaret.mirror.limits.RequestLimit;
import lazaret.mirror.registry.AuditsHandler;
import lazaret.mirror.registry.DownloadHandler;
import lazaret.mirror.registry.IndexHandler;
import lazaret.mirror.registry.PublicNames;
import lazaret.mirror.registry.RegistryWebApi;
import lazaret.mirror.registry.SnapshotHandler;
import lazaret.mirror.site.RouteHandler;
import lazaret.mirror.site.SiteRoutes;
import lazaret.mirror.webdesk.WebDeskHandler;
import lazaret.vetting.Bytes;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.LazaretException;
import lazaret.vetting.cluster.ClusterService;
import lazaret.vetting.gate.shares.ActingClient;
import lazaret.vetting.gate.store.Store;
import lazaret.vetting.gate.store.StoreCondition;
import lazaret.vetting.origin.NameOrigins;
import lazaret.web.WebSettings;
import lazaret.web.desk.WebDesk;
import org.jspecify.annotations.Nullable;

/// The dispatch of requests to all handlers of the server. Thread-safe; blocks.
final class Router {
  private static final System.Logger LOG = System.getLogger(Router.class.getName());

  /// The retry time while writes are lost. A person must act first, so that clients need not repeat
  /// often.
  private static final Duration LOSS_PAUSE = Duration.ofSeconds(60);

  /// The retry time while the newest decisions are not known. Another node may know them.
  private static final Duration BEHIND_PAUSE = Duration.ofSeconds(1);

  private final Store store;
  private final ClusterService cluster;
  private final HostNames names;
  private final Authenticator authenticator;
  private final IndexHandler index;
  private final DownloadHandler downloads;
  private final DeskHandler desk;
  private final WebDeskHandler webDesk;
  private final IdentityRoutes identityRoutes;
  private final SnapshotHandler snapshots;
  private final AuditsHandler audits;
  private final RegistryWebApi webApi;
  private final SiteRoutes site;
  private final HealthHandler health;
  private final MetricsCollector metrics;
  private final InfoPages pages;
  private final ServerBudgets budgets;
  private final LimitCheck limits;

  Router(
      ServerContext parts,
      HostNames names,
      Inside inside,
      ServerBudgets budgets,
      ClientLimits limits) {
    boolean auth = parts.config().server().authRequired();
    this.store = parts.store();
    this.cluster = parts.meters().cluster();
    this.names = names;
    this.budgets = budgets;
    this.limits = new LimitCheck(limits);
    parts.gate().keepArtifacts(budgets.sending().limit());
    this.authenticator =
        new Authenticator(parts.desk().tokens(), parts.identities().sessions(), auth, names);
    // Clients without a token learn from a refusal no more than from the private registry.
    NameOrigins all = parts.origins();
    PublicNames publicNames =
        new PublicNames(
            all, auth ? all : parts.config().site().announced(all), parts.desk().snapshots()::head);
    this.index = new IndexHandler(parts.gate(), publicNames, parts.clock(), names, auth);
    this.downloads = new DownloadHandler(parts.gate(), publicNames, names);
    this.snapshots =
        new SnapshotHandler(
            parts.gate(), publicNames, names, auth, new SnapshotHandler.Registry(index, downloads));
    this.desk =
        new DeskHandler(
            parts.deskApi(),
            parts.desk().tokens(),
            names,
            new DeskHandler.Public(!auth, inside.openApi()));
    this.webDesk = webDesk(parts, names, limits);
    this.identityRoutes = new IdentityRoutes(parts.identities());
    this.audits = new AuditsHandler(parts.desk().audits());
    this.webApi = new RegistryWebApi(parts.desk());
    this.site = parts.site().apply(names);
    this.health = inside.health();
    this.metrics = inside.metrics();
    this.pages = new InfoPages(names, auth, inside.health(), parts.version());
  }

  private static WebDeskHandler webDesk(ServerContext parts, HostNames names, ClientLimits limits) {
    WebSettings settings = new WebSettings(names.origin(), parts.version(), parts.clock());
    WebDesk pages = new WebDesk(settings, parts.identities().flow());
    return new WebDeskHandler(
        pages,
        parts.identities().sessions(),
        names,
        new WebDeskHandler.DeskAccess(
            parts.deskApi(), DeskBudget::units, limits, !parts.config().server().authRequired()));
  }

  /// The handlers for information about the server itself.
  record Inside(HealthHandler health, MetricsCollector metrics, Bytes openApi) {}

  /// A response, its client, and the memory that it uses until it has been sent.
  ///
  /// @param budget null if no memory could be reserved; the response has no body, or a short one
  record Handled(HttpResponse respond, Client client, @Nullable RequestBudget budget)
      implements AutoCloseable {
    @Override
    public void close() {
      if (budget != null) {
        budget.close();
      }
    }
  }

  /// Answers a request; no exception leaves this method. The caller closes the result after sending
  /// it.
  Handled respond(HttpRequest question) {
    try {
      // Before all that is kept in heap: sessions, tokens, verdicts, responses. No response may be
      // kept in front of this.
      Optional<HttpResponse> behind = behind(question);
      if (behind.isPresent()) {
        return new Handled(asPage(question, behind.get()), question.client(), null);
      }
      boolean known =
          names.knows(question.authority()) || watches(question) || readsPages(question);
      Optional<Authenticator.Caller> visitor =
          known ? Optional.of(visitor(question)) : Optional.empty();
      Client client = visitor.map(Authenticator.Caller::client).orElse(question.client());
      return RequestBudget.begin(budgets, budget(question), client.key())
          .map(room -> handled(question, visitor, room))
          .orElseGet(() -> new Handled(OverloadResponses.withoutBody(), client, null));
    } catch (LazaretException e) {
      // The store could not look up the token or the session.
      return new Handled(asPage(question, failed(question, e)), question.client(), null);
    }
  }

  /// Returns the sender of a request. While the newest decisions are not known here, a token may be
  /// revoked, and gives no more rights than none.
  private Authenticator.Caller visitor(HttpRequest question) {
    return cluster.status().current()
        ? authenticator.visitor(question)
        : Authenticator.anonymous(question);
  }

  /// Returns the refusal of a request while the newest decisions are not known here. It is empty if
  /// they are, or the answer does not depend on them.
  private Optional<HttpResponse> behind(HttpRequest question) {
    return switch (RouteKind.of(question.path())) {
      case HEALTH, METRICS, PAGE -> Optional.empty();
      case INDEX,
          DOWNLOAD,
          SNAPSHOTS,
          AUDITS,
          DESK,
          WEB_DESK,
          IDENTITY,
          WEB_API,
          PRIVATE,
          TOOLCHAINS,
          SITE,
          DOCUMENTATION ->
          cluster
              .refusal()
              .map(
                  why ->
                      HttpResponse.unavailable(why, BEHIND_PAUSE)
                          .coded(ErrorCode.NODE_BEHIND.code()));
    };
  }

  /// Returns whether the request reads health or metrics under the numeric address of this server:
  /// orchestrators and Prometheus know no other one.
  private static boolean watches(HttpRequest question) {
    RouteKind route = RouteKind.of(question.path());
    return (route == RouteKind.HEALTH || route == RouteKind.METRICS)
        && HostNames.isLocal(question.authority(), question.local());
  }

  /// Returns whether the request is for documentation under a host where nothing else is.
  private boolean readsPages(HttpRequest question) {
    return RouteKind.of(question.path()) == RouteKind.DOCUMENTATION
        && site.documentation().owns(question.authority());
  }

  /// Returns the budget of request bodies.
  Budget bodies() {
    return budgets.bodies();
  }

  /// Returns the budget of a request. Health and metrics have their own, so that operators can read
  /// them while all memory for responses is used.
  private Budget budget(HttpRequest question) {
    RouteKind kind = RouteKind.of(question.path());
    return kind == RouteKind.HEALTH || kind == RouteKind.METRICS
        ? budgets.control()
        : budgets.sending();
  }

  private Handled handled(
      HttpRequest question, Optional<Authenticator.Caller> visitor, RequestBudget room) {
    Client client = visitor.map(Authenticator.Caller::client).orElse(question.client());
    HttpResponse answer = visitor.map(v -> respond(question, v, room)).orElseGet(this::wrongHost);
    boolean covered = OverloadResponses.covers(room.respond(), question, answer);
    room.made();
    return covered
        ? new Handled(answer, client, room)
        : new Handled(overload(question, answer.length()), client, room);
  }

  private HttpResponse overload(HttpRequest question, long bytes) {
    return asPage(question, OverloadResponses.respond(question, bytes));
  }

  /// Returns a refusal as a page, if a person reads the path in a browser. If the page cannot be
  /// made, the refusal stays plain text.
  private HttpResponse asPage(HttpRequest question, HttpResponse answer) {
    if (RouteKind.of(question.path()) != RouteKind.WEB_DESK) {
      return answer;
    }
    try {
      return webDesk.page(question, answer);
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.ERROR, "request " + question.id() + " has no page", e);
      return answer;
    }
  }

  private HttpResponse respond(
      HttpRequest question, Authenticator.Caller visitor, RequestBudget room) {
    HttpResponse answer;
    try {
      answer = limits.before(question, visitor).orElseGet(() -> limited(question, visitor, room));
    } catch (RequestException _) {
      answer =
          HttpResponse.text(400, "the body of the request is malformed or incomplete")
              .coded(ErrorCode.MALFORMED_INPUT.code());
    } catch (RuntimeException e) {
      // The trace is for the log: it would reveal only internals to the client.
      LOG.log(System.Logger.Level.ERROR, "request " + question.id() + " failed by a defect", e);
      answer =
          HttpResponse.text(500, "a defect of the gate; its log has request " + question.id())
              .coded("internal");
    }
    return asPage(question, answer);
  }

  /// Executes the handler of a request with the limit of its client.
  private HttpResponse limited(
      HttpRequest question, Authenticator.Caller visitor, RequestBudget room) {
    RequestLimit limit = limits.upstream(visitor);
    HttpResponse answer;
    try {
      answer = ActingClient.of(visitor.client().key(), limit, () -> route(question, visitor, room));
    } catch (LazaretException e) {
      answer = failed(question, e);
    }
    return limits.after(question, visitor, limit, answer);
  }

  private HttpResponse wrongHost() {
    return HttpResponse.text(
            421,
            "this server does not serve that host; use %s, or set public-url"
                .formatted(names.origin()))
        .coded("wrong-host");
  }

  private static HttpResponse failed(HttpRequest question, LazaretException e) {
    LOG.log(System.Logger.Level.WARNING, "request {0}: {1}", question.id(), e.getMessage());
    HttpResponse answer =
        e.code() == ErrorCode.UPSTREAM_UNAVAILABLE
            ? HttpResponse.unavailable(String.valueOf(e.getMessage()), Duration.ofSeconds(30))
            : HttpResponse.unavailable(
                "the gate is not available now (%s); its log has request %s"
                    .formatted(e.code().code(), question.id()),
                e.code() == ErrorCode.NODE_BEHIND ? BEHIND_PAUSE : Duration.ofSeconds(10));
    return answer.coded(e.code().code());
  }

  private HttpResponse route(
      HttpRequest question, Authenticator.Caller visitor, RequestBudget room) {
    return switch (RouteKind.of(question.path())) {
      case INDEX ->
          authenticator
              .refuseReader(visitor)
              .or(this::storeLoss)
              .orElseGet(() -> index.respond(question));
      case DOWNLOAD ->
          authenticator
              .refuseReader(visitor)
              .or(this::storeLoss)
              .orElseGet(() -> downloads.respond(question, visitor.requester(), room.respond()));
      case SNAPSHOTS ->
          authenticator
              .refuseReader(visitor)
              .or(this::storeLoss)
              .orElseGet(() -> snapshots.respond(question, visitor.requester(), room.respond()));
      case AUDITS ->
          authenticator
              .refuseReader(visitor)
              .or(this::storeLoss)
              .orElseGet(() -> audits.respond(question, room));
      case DESK -> desk.respond(question, visitor, room);
      case WEB_DESK ->
          identityRoutes
              .find(question, room)
              .orElseGet(() -> webDesk.respond(question, sender(visitor), room));
      case IDENTITY ->
          storeLoss().or(() -> identityRoutes.find(question, room)).orElseGet(() -> page(question));
      case WEB_API ->
          authenticator
              .refuseReader(visitor)
              .or(this::storeLoss)
              .orElseGet(() -> webApi.respond(question, room));
      case PRIVATE ->
          storeLoss().orElseGet(() -> site.hosting().respond(question, sent(visitor), room));
      case TOOLCHAINS ->
          readOnly(question)
              .or(this::storeLoss)
              .orElseGet(() -> site.toolchains().respond(question, sent(visitor), room));
      case SITE ->
          authenticator
              .refuseReader(visitor)
              .or(this::storeLoss)
              .orElseGet(() -> site.files().respond(question, sent(visitor), room));
      case DOCUMENTATION ->
          readOnly(question)
              .or(this::storeLoss)
              .orElseGet(() -> site.documentation().respond(question, sent(visitor), room));
      case HEALTH -> health.respond(question, visitor.isReader());
      case METRICS ->
          readOnly(question)
              .or(() -> authenticator.refuseReader(visitor))
              .orElseGet(metrics::respond);
      case PAGE -> readOnly(question).orElseGet(() -> page(question));
    };
  }

  private static RouteHandler.Sender sent(Authenticator.Caller visitor) {
    return new RouteHandler.Sender(visitor.token().orElse(null), visitor.tried(), visitor.client());
  }

  private static WebDeskHandler.Sender sender(Authenticator.Caller visitor) {
    return new WebDeskHandler.Sender(
        visitor.session(), visitor.token().orElse(null), visitor.client());
  }

  /// Returns the refusal of all registry requests while acknowledged writes are missing; empty if
  /// none are. A lost denial could otherwise cause a denied version to be served.
  private Optional<HttpResponse> storeLoss() {
    StoreCondition condition = store.condition();
    return condition.withholds()
        ? Optional.of(
            HttpResponse.unavailable(condition.refusal(), LOSS_PAUSE)
                .coded(ErrorCode.STORE_LOSS.code()))
        : Optional.empty();
  }

  private static Optional<HttpResponse> readOnly(HttpRequest question) {
    return question.reads() ? Optional.empty() : Optional.of(HttpResponse.method("GET, HEAD"));
  }

  private HttpResponse page(HttpRequest question) {
    return switch (question.path()) {
      case "/" -> pages.front();
      case "/me" -> pages.me();
      case "/reasons" -> pages.reasons();
      default ->
          HttpResponse.text(
              404, "nothing is here; the registry is at /index/, the desk at /desk/v1/");
    };
  }
}
