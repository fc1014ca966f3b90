package lazaret.mirror.server;

import java.util.List;
import java.util.Locale;
import lazaret.mirror.health.HealthReport;
import lazaret.mirror.health.HealthService;
import lazaret.mirror.http.HttpRequest;
import lazaret.mirror.http.HttpResponse;
import lazaret.vetting.Bytes;
import lazaret.vetting.deskapi.store.HealthItemInfo;
import lazaret.vetting.gate.feeds.FeedService;
import lazaret.vetting.gate.store.Store;
import lazaret.vetting.json.JsonWriter;

/// The handler for the health of the parts (`/health`), liveness (`/health/live`), readiness
/// (`/health/ready`) and the end of the start (`/health/startup`). A full disk and old feeds are
/// reported, but do not make the gate unready, because stored artifacts are still served.
final class HealthHandler {
  private final Store store;
  private final FeedService feeds;
  private final HealthService health;
  private volatile boolean started;
  private volatile boolean stopping;

  HealthHandler(Store store, FeedService feeds, HealthService health) {
    this.store = store;
    this.feeds = feeds;
    this.health = health;
  }

  void stopping() {
    stopping = true;
  }

  /// Answers a request.
  ///
  /// @param signedIn whether the visitor has a token, and may therefore see more than states
  HttpResponse respond(HttpRequest question, boolean signedIn) {
    if (!question.reads()) {
      return HttpResponse.method("GET, HEAD");
    }
    return switch (question.path()) {
      case "/health" -> parts(signedIn);
      case "/health/live" -> HttpResponse.json(200, Bytes.utf8("{\"status\":\"up\"}"));
      case "/health/ready" -> readiness();
      case "/health/startup" -> startup();
      default ->
          HttpResponse.text(
              404, "health is at /health, /health/live, /health/ready and /health/startup");
    };
  }

  boolean ready() {
    return !stopping && health.serves();
  }

  /// Returns whether new artifacts are stored, or the reason why the store is unavailable.
  String admissions() {
    return health.report().admissions();
  }

  /// Returns the health as text for the front page, including degradations.
  String words() {
    if (!ready()) {
      return "not ready";
    }
    List<String> degraded = health.report().degraded();
    return degraded.isEmpty() ? "well" : "degraded: " + String.join("; ", degraded);
  }

  private HttpResponse parts(boolean signedIn) {
    HealthReport report = health.report();
    Bytes body =
        JsonWriter.object(
            root ->
                root.put("state", word(report.state()))
                    .list("items", report.items(), (json, each) -> item(json, each, signedIn)));
    return HttpResponse.json(200, body).with("cache-control", "no-store");
  }

  private static void item(JsonWriter json, HealthItemInfo item, boolean signedIn) {
    json.put("name", item.name()).put("state", word(item.state()));
    if (!signedIn) {
      return;
    }
    Long value = item.value();
    if (value != null) {
      json.put("value", value.longValue()).put("unit", item.unit());
    }
    json.put("detail", item.detail()).put("next", item.next());
  }

  private static String word(HealthItemInfo.State state) {
    return state.name().toLowerCase(Locale.ROOT);
  }

  private HttpResponse readiness() {
    if (!stopping && !health.isCurrent()) {
      // Nothing is read: the database may not answer, and a load balancer does not wait.
      return HttpResponse.json(503, Bytes.utf8("{\"status\":\"node-behind\"}"))
          .with("retry-after", "1");
    }
    boolean damaged = store.damagedReads() > 0;
    boolean ready = ready() && !damaged;
    HealthReport report = health.report();
    Bytes body =
        JsonWriter.object(
            root -> {
              root.put("status", ready ? "ready" : unready(damaged))
                  .put("admissions", report.admissions())
                  .put("feeds", feeds.age().code());
              report
                  .item("certificate")
                  .map(HealthItemInfo::value)
                  .ifPresent(days -> root.put("certificate_days", days.longValue()));
              root.texts("degraded", report.degraded());
            });
    return HttpResponse.json(ready ? 200 : 503, body);
  }

  private String unready(boolean damaged) {
    if (stopping) {
      return "stopping";
    }
    if (store.condition().withholds()) {
      return "store-loss";
    }
    return damaged ? "store damaged" : "store failed";
  }

  /// Answers with 200 from the first moment on at which the store can be read.
  private HttpResponse startup() {
    started = started || health.serves();
    return HttpResponse.json(
        started ? 200 : 503,
        Bytes.utf8("{\"status\":\"%s\"}".formatted(started ? "started" : "starting")));
  }
}
