package lazaret.mirror.http;

import io.helidon.http.RequestException;
import java.time.Duration;
import java.util.Optional;
import lazaret.mirror.budget.Budget;
import lazaret.mirror.budget.Budgets;
import lazaret.mirror.clients.Client;
import lazaret.vetting.Bytes;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.LazaretException;
import lazaret.vetting.gate.store.Store;
import lazaret.vetting.gate.store.StoreCondition;
import lazaret.vetting.gate.shares.ActingClient;
import org.jspecify.annotations.Nullable;

/// The dispatch of requests to all handlers of the server. Thread-safe; blocks.
final class Front {
  private static final System.Logger LOG = System.getLogger(Front.class.getName());

  /// The retry time while writes are lost. A person must act first, so that clients need not repeat
  /// often.
  private static final Duration LOSS_PAUSE = Duration.ofSeconds(60);

  private final Store store;
  private final HostNames names;
  private final Doorman doorman;
  private final IndexDoor index;
  private final DownloadDoor downloads;
  private final DeskDoor desk;
  private final SnapshotDoor snapshots;
  private final AuditsDoor audits;
  private final WebApi webApi;
  private final Health health;
  private final Metrics metrics;
  private final Pages pages;
  private final Budgets budgets;

  Front(ServerParts parts, HostNames names, Inside inside, Budgets budgets) {
    boolean auth = parts.config().server().authRequired();
    this.store = parts.store();
    this.names = names;
    this.budgets = budgets;
    parts.gate().keepArtifacts(budgets.sending().limit());
    this.doorman = new Doorman(parts.desk().tokens(), auth, names);
    this.index = new IndexDoor(parts.gate(), parts.clock(), names, auth);
    this.downloads = new DownloadDoor(parts.gate());
    this.snapshots = new SnapshotDoor(parts.gate(), names, auth, index);
    this.desk =
        new DeskDoor(
            parts.deskApi(),
            parts.desk().tokens(),
            names,
            new DeskDoor.Public(!auth, inside.openApi()));
    this.audits = new AuditsDoor(parts.desk().audits());
    this.webApi = new WebApi(parts.desk());
    this.health = inside.health();
    this.metrics = inside.metrics();
    this.pages = new Pages(names, auth, inside.health(), parts.version());
  }

  /// The handlers for information about the server itself.
  record Inside(Health health, Metrics metrics, Bytes openApi) {}

  /// A response, its client, and the memory that it uses until it has been sent.
  ///
  /// @param budget null if no memory could be reserved; the response has no body then
  record Answered(Answer answer, Client client, @Nullable RequestBudget budget)
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
  Answered answer(Question question) {
    try {
      boolean known = names.knows(question.authority());
      Optional<Doorman.Visitor> visitor =
          known ? Optional.of(doorman.visitor(question)) : Optional.empty();
      Client client = visitor.map(Doorman.Visitor::client).orElse(question.client());
      return RequestBudget.begin(budgets, budget(question), client.key())
          .map(room -> answered(question, visitor, room))
          .orElseGet(() -> new Answered(Crowded.withoutBody(), client, null));
    } catch (LazaretException e) {
      // The store could not look up the token.
      return new Answered(failed(question, e), question.client(), null);
    }
  }

  /// Returns the budget of request bodies.
  Budget bodies() {
    return budgets.bodies();
  }

  /// Returns the budget of a request. Health and metrics have their own, so that operators can read
  /// them while all memory for responses is used.
  private Budget budget(Question question) {
    return switch (Door.of(question.path())) {
      case HEALTH, METRICS -> budgets.control();
      case INDEX, DOWNLOAD, SNAPSHOTS, AUDITS, DESK, WEB_API, PAGE -> budgets.sending();
    };
  }

  private Answered answered(
      Question question, Optional<Doorman.Visitor> visitor, RequestBudget room) {
    Client client = visitor.map(Doorman.Visitor::client).orElse(question.client());
    Answer answer = visitor.map(v -> answer(question, v, room)).orElseGet(this::wrongHost);
    boolean covered = Crowded.covers(room.answer(), question, answer);
    room.made();
    return covered
        ? new Answered(answer, client, room)
        : new Answered(Crowded.answer(question, answer.body().length()), client, room);
  }

  private Answer answer(Question question, Doorman.Visitor visitor, RequestBudget room) {
    try {
      return ActingClient.of(visitor.client().key(), () -> route(question, visitor, room));
    } catch (LazaretException e) {
      return failed(question, e);
    } catch (RequestException _) {
      return Answer.text(400, "the body of the request is malformed or incomplete")
          .coded(ErrorCode.MALFORMED_INPUT.code());
    } catch (RuntimeException e) {
      // The trace is for the log: it would reveal only internals to the client.
      LOG.log(System.Logger.Level.ERROR, "request " + question.id() + " failed by a defect", e);
      return Answer.text(500, "a defect of the gate; its log has request " + question.id())
          .coded("internal");
    }
  }

  private Answer wrongHost() {
    return Answer.text(
            421,
            "this server does not serve that host; use %s, or set public-url"
                .formatted(names.origin()))
        .coded("wrong-host");
  }

  private static Answer failed(Question question, LazaretException e) {
    LOG.log(System.Logger.Level.WARNING, "request {0}: {1}", question.id(), e.getMessage());
    Answer answer =
        e.code() == ErrorCode.UPSTREAM_UNAVAILABLE
            ? Answer.unavailable(String.valueOf(e.getMessage()), Duration.ofSeconds(30))
            : Answer.unavailable(
                "the gate is not available now (%s); its log has request %s"
                    .formatted(e.code().code(), question.id()),
                Duration.ofSeconds(10));
    return answer.coded(e.code().code());
  }

  private Answer route(Question question, Doorman.Visitor visitor, RequestBudget room) {
    return switch (Door.of(question.path())) {
      case INDEX ->
          doorman.refuseReader(visitor).or(this::storeLoss).orElseGet(() -> index.answer(question));
      case DOWNLOAD ->
          doorman
              .refuseReader(visitor)
              .or(this::storeLoss)
              .orElseGet(() -> downloads.answer(question, visitor.asker(), room.answer()));
      case SNAPSHOTS ->
          doorman
              .refuseReader(visitor)
              .or(this::storeLoss)
              .orElseGet(() -> snapshots.answer(question, visitor.asker(), room.answer()));
      case AUDITS ->
          doorman
              .refuseReader(visitor)
              .or(this::storeLoss)
              .orElseGet(() -> audits.answer(question, room));
      case DESK -> desk.answer(question, visitor, room);
      case WEB_API ->
          doorman
              .refuseReader(visitor)
              .or(this::storeLoss)
              .orElseGet(() -> webApi.answer(question, room));
      case HEALTH -> health.answer(question);
      case METRICS ->
          readOnly(question).or(() -> doorman.refuseReader(visitor)).orElseGet(metrics::answer);
      case PAGE -> readOnly(question).orElseGet(() -> page(question));
    };
  }

  /// Returns the refusal of all registry requests while acknowledged writes are missing; empty if
  /// none are. A lost denial could otherwise cause a denied version to be served.
  private Optional<Answer> storeLoss() {
    StoreCondition condition = store.condition();
    return condition.withholds()
        ? Optional.of(
            Answer.unavailable(condition.refusal(), LOSS_PAUSE).coded(ErrorCode.STORE_LOSS.code()))
        : Optional.empty();
  }

  private static Optional<Answer> readOnly(Question question) {
    return question.reads() ? Optional.empty() : Optional.of(Answer.method("GET, HEAD"));
  }

  private Answer page(Question question) {
    return switch (question.path()) {
      case "/" -> pages.front();
      case "/me" -> pages.me();
      case "/reasons" -> pages.reasons();
      default ->
          Answer.text(404, "nothing is here; the registry is at /index/, the desk at /desk/v1/");
    };
  }
}
