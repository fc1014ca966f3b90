package lazaret.mirror.server;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import lazaret.mirror.http.HttpRequest;
import lazaret.mirror.http.HttpResponse;
import lazaret.mirror.tls.CertificateWatch;
import lazaret.vetting.Bytes;
import lazaret.vetting.LazaretException;
import lazaret.vetting.desk.snapshots.BundleService;
import lazaret.vetting.desk.snapshots.PromisedSnapshot;
import lazaret.vetting.desk.snapshots.SnapshotService;
import lazaret.vetting.gate.feeds.FeedService;
import lazaret.vetting.gate.store.Store;
import lazaret.vetting.json.JsonWriter;
import org.jspecify.annotations.Nullable;

/// The handler for liveness (`/health/live`) and readiness (`/health/ready`). A full disk and old
/// feeds are reported, but do not make the gate unready, because stored artifacts are still served.
final class HealthHandler {
  private static final String OPEN = "open";

  private final Store store;
  private final FeedService feeds;
  private final SnapshotService snapshots;
  private final Optional<BundleService> bundles;
  private final Supplier<Optional<String>> upstream;
  private final @Nullable CertificateWatch certificate;
  private volatile boolean stopping;

  /// Creates the handler of a gate whose upstream has no health of its own.
  HealthHandler(
      Store store, FeedService feeds, SnapshotService snapshots, Optional<BundleService> bundles) {
    this(store, feeds, snapshots, bundles, Optional::empty, null);
  }

  private HealthHandler(
      Store store,
      FeedService feeds,
      SnapshotService snapshots,
      Optional<BundleService> bundles,
      Supplier<Optional<String>> upstream,
      @Nullable CertificateWatch certificate) {
    this.upstream = upstream;
    this.certificate = certificate;
    this.store = store;
    this.feeds = feeds;
    this.snapshots = snapshots;
    this.bundles = bundles;
  }

  /// Returns the health of a gate whose upstream can fail.
  ///
  /// @param trouble returns the current problem of the upstream in one clause without a path; empty
  ///   if there is none
  HealthHandler watching(Supplier<Optional<String>> trouble) {
    return new HealthHandler(store, feeds, snapshots, bundles, trouble, certificate);
  }

  /// Returns the health of a gate with TLS.
  ///
  /// @param watch the watch over its certificate; null without TLS
  HealthHandler certified(@Nullable CertificateWatch watch) {
    return new HealthHandler(store, feeds, snapshots, bundles, upstream, watch);
  }

  void stopping() {
    stopping = true;
  }

  HttpResponse respond(HttpRequest question) {
    if (!question.reads()) {
      return HttpResponse.method("GET, HEAD");
    }
    return switch (question.path()) {
      case "/health/live" -> HttpResponse.json(200, Bytes.utf8("{\"status\":\"up\"}"));
      case "/health/ready" -> readiness();
      default -> HttpResponse.text(404, "health is at /health/live and /health/ready");
    };
  }

  /// Returns whether new artifacts are stored, or the reason why the store is unavailable.
  String admissions() {
    try {
      return store.diskUsage().admits()
          ? OPEN
          : "stopped: not enough disk space; stored artifacts are served";
    } catch (LazaretException e) {
      return "stopped: " + e.getMessage();
    }
  }

  boolean ready() {
    try {
      store.ledgerHead();
      return !stopping && !store.condition().withholds();
    } catch (LazaretException _) {
      return false;
    }
  }

  /// Returns the health as text for the front page, including degradations.
  String words() {
    if (!ready()) {
      return "not ready";
    }
    List<String> degraded = degraded(admissions());
    return degraded.isEmpty() ? "well" : "degraded: " + String.join("; ", degraded);
  }

  private HttpResponse readiness() {
    boolean damaged = store.damagedReads() > 0;
    boolean ready = ready() && !damaged;
    String admissions = admissions();
    Bytes body =
        JsonWriter.object(
            root -> {
              root.put("status", ready ? "ready" : unready(damaged))
                  .put("admissions", admissions)
                  .put("feeds", feeds.age().code());
              if (certificate != null) {
                root.put("certificate_days", certificate.daysLeft());
              }
              root.texts("degraded", degraded(admissions));
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

  /// Returns the degradations of the gate, in one clause each.
  private List<String> degraded(String admissions) {
    List<String> degraded = new ArrayList<>();
    store.condition().faults().forEach(fault -> degraded.add("store: " + fault.text()));
    if (!admissions.equals(OPEN)) {
      degraded.add("admissions are " + admissions);
    }
    if (store.damagedReads() > 0) {
      degraded.add(
          "files of the store are damaged; an administrator repairs them with 'vetting-cli fsck"
              + " --repair'");
    }
    store.refusedDecision().ifPresent(why -> degraded.add("decisions are refused: " + why.code()));
    if (feeds.age().warns()) {
      degraded.add(feeds.age().toString());
    }
    if (ready()) {
      snapshots.next().filter(PromisedSnapshot::overdue).ifPresent(n -> degraded.add(n.toString()));
      // Health is readable without a token, so that paths appear only in 'status'.
      bundles
          .flatMap(BundleService::storeLag)
          .ifPresent(b -> degraded.add(b.lag() + "; 'vetting-cli status' names the next step"));
    }
    upstream.get().ifPresent(degraded::add);
    if (certificate != null) {
      certificate.trouble().ifPresent(degraded::add);
    }
    feeds.failing().forEach(name -> degraded.add("feed " + name + " cannot be refreshed"));
    return degraded;
  }
}
