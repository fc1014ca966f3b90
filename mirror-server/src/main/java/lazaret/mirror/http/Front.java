package lazaret.mirror.http;

import java.time.Duration;
import java.util.Optional;
import lazaret.vetting.Bytes;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.LazaretException;

/// All doors of the server behind one function from question to answer. Thread-safe; blocks.
final class Front {
  private static final System.Logger LOG = System.getLogger(Front.class.getName());

  private final HostNames names;
  private final Doorman doorman;
  private final IndexDoor index;
  private final DownloadDoor downloads;
  private final DeskDoor desk;
  private final WebApi webApi;
  private final Health health;
  private final Metrics metrics;
  private final Pages pages;

  Front(ServerParts parts, HostNames names, Bytes openApi) {
    boolean auth = parts.config().server().authRequired();
    this.names = names;
    this.doorman = new Doorman(parts.desk().tokens(), auth);
    this.index = new IndexDoor(parts.gate(), parts.clock(), names, auth);
    this.downloads = new DownloadDoor(parts.gate());
    this.desk = new DeskDoor(parts.deskApi(), doorman, names, openApi);
    this.webApi = new WebApi(parts.desk());
    this.health = new Health(parts.store());
    this.metrics = new Metrics(parts.gate().meters(), parts.upstream(), parts.store());
    this.pages = new Pages(names, auth, health, parts.version());
  }

  String url() {
    return names.origin();
  }

  Doorman doorman() {
    return doorman;
  }

  Health health() {
    return health;
  }

  /// Answers a question; nothing is thrown.
  Answer answer(Question question) {
    Answer answer;
    try {
      answer = route(question);
    } catch (LazaretException e) {
      answer = failed(question, e);
    } catch (RuntimeException e) {
      // The trace is for the log: a client learns nothing from it but our insides.
      LOG.log(System.Logger.Level.ERROR, "request " + question.id() + " failed", e);
      answer = Answer.text(500, "a defect of the gate; its log has request " + question.id());
    }
    metrics.answered(answer.status());
    return answer;
  }

  private static Answer failed(Question question, LazaretException e) {
    LOG.log(System.Logger.Level.WARNING, "request {0}: {1}", question.id(), e.getMessage());
    return e.code() == ErrorCode.UPSTREAM_UNAVAILABLE
        ? Answer.unavailable(String.valueOf(e.getMessage()), Duration.ofSeconds(30))
        : Answer.unavailable(
            "the gate cannot answer now (%s); its log has request %s"
                .formatted(e.code().code(), question.id()),
            Duration.ofSeconds(10));
  }

  private Answer route(Question question) {
    if (!names.knows(question.authority())) {
      return Answer.text(
          421,
          "this server does not answer for that host; use %s, or set public-url"
              .formatted(names.origin()));
    }
    String path = question.path();
    if (path.startsWith(IndexDoor.PREFIX)) {
      return refusedReader(question).orElseGet(() -> index.answer(question));
    }
    if (path.startsWith(DownloadDoor.PREFIX)) {
      return refusedReader(question)
          .orElseGet(() -> downloads.answer(question, doorman.asker(question)));
    }
    if (path.startsWith(DeskDoor.PREFIX)) {
      return desk.answer(question);
    }
    if (path.startsWith(WebApi.PREFIX)) {
      return refusedReader(question).orElseGet(() -> webApi.answer(question));
    }
    if (path.startsWith(Health.PREFIX)) {
      return health.answer(question);
    }
    return page(question);
  }

  private Optional<Answer> refusedReader(Question question) {
    return doorman.refuseReader(question, names);
  }

  private Answer page(Question question) {
    if (!question.reads()) {
      return Answer.text(404, "nothing here takes " + question.method());
    }
    return switch (question.path()) {
      case "/" -> pages.front();
      case "/me" -> pages.me();
      case "/metrics" -> refusedReader(question).orElseGet(metrics::answer);
      default ->
          Answer.text(404, "nothing is here; the registry is at /index/, the desk at /desk/v1/");
    };
  }
}
