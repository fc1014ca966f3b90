package lazaret.mirror.http;

import java.time.Duration;
import java.util.Optional;
import lazaret.mirror.clients.Client;
import lazaret.vetting.Bytes;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.LazaretException;
import lazaret.vetting.shares.OnBehalf;

/// All doors of the server behind one function from question to answer. Thread-safe; blocks.
final class Front {
  private static final System.Logger LOG = System.getLogger(Front.class.getName());

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

  Front(ServerParts parts, HostNames names, Inside inside) {
    boolean auth = parts.config().server().authRequired();
    this.names = names;
    this.doorman = new Doorman(parts.desk().tokens(), auth, names);
    this.index = new IndexDoor(parts.gate(), parts.clock(), names, auth);
    this.downloads = new DownloadDoor(parts.gate());
    this.snapshots = new SnapshotDoor(parts.gate(), names, auth, index);
    this.desk = new DeskDoor(parts.deskApi(), names, inside.openApi());
    this.audits = new AuditsDoor(parts.desk().audits());
    this.webApi = new WebApi(parts.desk());
    this.health = inside.health();
    this.metrics = inside.metrics();
    this.pages = new Pages(names, auth, inside.health(), parts.version());
  }

  /// What answers about the server itself.
  record Inside(Health health, Metrics metrics, Bytes openApi) {}

  /// An answer, and the client that gets it.
  record Answered(Answer answer, Client client) {}

  /// Answers a question; nothing is thrown.
  Answered answer(Question question) {
    Client client = question.client();
    try {
      if (!names.knows(question.authority())) {
        return new Answered(wrongHost(), client);
      }
      Doorman.Visitor visitor = doorman.visitor(question);
      client = visitor.client();
      return new Answered(
          OnBehalf.of(visitor.client().key(), () -> route(question, visitor)), client);
    } catch (LazaretException e) {
      return new Answered(failed(question, e), client);
    } catch (RuntimeException e) {
      // The trace is for the log: a client learns nothing from it but our insides.
      LOG.log(System.Logger.Level.ERROR, "request " + question.id() + " met a defect", e);
      return new Answered(
          Answer.text(500, "a defect of the gate; its log has request " + question.id())
              .coded("internal"),
          client);
    }
  }

  private Answer wrongHost() {
    return Answer.text(
            421,
            "this server does not answer for that host; use %s, or set public-url"
                .formatted(names.origin()))
        .coded("wrong-host");
  }

  private static Answer failed(Question question, LazaretException e) {
    LOG.log(System.Logger.Level.WARNING, "request {0}: {1}", question.id(), e.getMessage());
    Answer answer =
        e.code() == ErrorCode.UPSTREAM_UNAVAILABLE
            ? Answer.unavailable(String.valueOf(e.getMessage()), Duration.ofSeconds(30))
            : Answer.unavailable(
                "the gate cannot answer now (%s); its log has request %s"
                    .formatted(e.code().code(), question.id()),
                Duration.ofSeconds(10));
    return answer.coded(e.code().code());
  }

  private Answer route(Question question, Doorman.Visitor visitor) {
    return switch (Door.of(question.path())) {
      case INDEX -> doorman.refuseReader(visitor).orElseGet(() -> index.answer(question));
      case DOWNLOAD ->
          doorman
              .refuseReader(visitor)
              .orElseGet(() -> downloads.answer(question, visitor.asker()));
      case SNAPSHOTS ->
          doorman
              .refuseReader(visitor)
              .orElseGet(() -> snapshots.answer(question, visitor.asker()));
      case AUDITS -> doorman.refuseReader(visitor).orElseGet(() -> audits.answer(question));
      case DESK -> desk.answer(question, visitor);
      case WEB_API -> doorman.refuseReader(visitor).orElseGet(() -> webApi.answer(question));
      case HEALTH -> health.answer(question);
      case METRICS ->
          readOnly(question).or(() -> doorman.refuseReader(visitor)).orElseGet(metrics::answer);
      case PAGE -> readOnly(question).orElseGet(() -> page(question));
    };
  }

  private static Optional<Answer> readOnly(Question question) {
    return question.reads() ? Optional.empty() : Optional.of(Answer.method("GET, HEAD"));
  }

  private Answer page(Question question) {
    return switch (question.path()) {
      case "/" -> pages.front();
      case "/me" -> pages.me();
      default ->
          Answer.text(404, "nothing is here; the registry is at /index/, the desk at /desk/v1/");
    };
  }
}
