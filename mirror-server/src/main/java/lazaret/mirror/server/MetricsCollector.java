package lazaret.mirror.server;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import lazaret.mirror.budget.Budget;
import lazaret.mirror.budget.ServerBudgets;
import lazaret.mirror.budget.TransferWatch;
import lazaret.mirror.clients.ClientConnections;
import lazaret.mirror.http.AccessLog;
import lazaret.mirror.http.HttpResponse;
import lazaret.mirror.http.RouteKind;
import lazaret.mirror.limits.ClientLimits;
import lazaret.mirror.limits.RequestWeight;
import lazaret.mirror.outbound.FailureKind;
import lazaret.mirror.outbound.UpstreamMeters;
import lazaret.mirror.outbound.UpstreamOrigin;
import lazaret.mirror.tls.CertificateWatch;
import lazaret.vetting.LazaretException;
import lazaret.vetting.gate.context.GateCounters;
import lazaret.vetting.gate.feeds.FeedService;
import lazaret.vetting.gate.retention.DropKind;
import lazaret.vetting.gate.store.Store;
import org.jspecify.annotations.Nullable;

/// The collector of the metrics on `/metrics`; `docs/metrics.md` explains each.
final class MetricsCollector {
  private final ServerContext parts;
  private final HttpCounters http;
  private final AccessLog log;
  private final ClientConnections connections;
  private final Memory memory;
  private final ClientLimits limits;
  private final @Nullable CertificateWatch certificate;

  MetricsCollector(
      ServerContext parts,
      HelidonAdapter.Counted counted,
      ClientConnections connections,
      Memory memory,
      ClientLimits limits,
      @Nullable CertificateWatch certificate) {
    this.parts = parts;
    this.http = counted.meters();
    this.log = counted.log();
    this.connections = connections;
    this.memory = memory;
    this.limits = limits;
    this.certificate = certificate;
  }

  /// The limits on the memory of requests.
  record Memory(ServerBudgets budgets, TransferWatch watch) {}

  HttpResponse respond() {
    PrometheusText out = new PrometheusText();
    http(out);
    for (GateCounters.Count count : GateCounters.Count.values()) {
      out.sample(Metric.of(count), parts.gate().meters().value(count));
    }
    upstream(out, parts.upstream());
    store(out);
    for (DropKind kind : DropKind.values()) {
      out.sample(Metric.DROPPED, parts.desk().dropped().count(kind), kind.code());
    }
    feeds(out, parts.desk().feeds());
    out.sample(Metric.REMOVALS, parts.gate().removals().open().size());
    out.sample(Metric.WEBHOOKS_DELIVERED, parts.webhooks().taken());
    out.sample(Metric.WEBHOOKS_FAILED, parts.webhooks().failed());
    out.sample(Metric.WEBHOOKS_LAG, parts.webhooks().behind());
    process(out);
    return HttpResponse.of(200, "text/plain; version=0.0.4; charset=utf-8", out.text())
        .with("cache-control", "no-store");
  }

  private void http(PrometheusText out) {
    for (RouteKind route : RouteKind.values()) {
      new TreeMap<>(http.of(route).statuses())
          .forEach(
              (status, count) ->
                  out.sample(Metric.REQUESTS, count.sum(), route.label(), status.toString()));
    }
    for (RouteKind route : RouteKind.values()) {
      out.sample(Metric.BYTES, http.of(route).bytes(), route.label());
    }
    for (RouteKind route : RouteKind.values()) {
      out.histogram(Metric.SECONDS, http.of(route), route.label());
    }
    out.sample(Metric.IN_FLIGHT, http.inFlight());
    out.sample(Metric.CONNECTIONS, connections.count());
    for (ClientConnections.Closed reason : ClientConnections.Closed.values()) {
      out.sample(
          Metric.CONNECTIONS_CLOSED,
          connections.closed(reason),
          reason.name().toLowerCase(Locale.ROOT));
    }
    out.sample(Metric.LOG_DROPPED, log.dropped());
    certificate(out);
    budgets(out);
  }

  private void budgets(PrometheusText out) {
    Map<String, Budget> budgets = memory.budgets().named();
    budgets.forEach((name, budget) -> out.sample(Metric.BUDGET_LIMIT, budget.limit(), name));
    budgets.forEach((name, budget) -> out.sample(Metric.BUDGET_USED, budget.used(), name));
    budgets.forEach((name, budget) -> out.sample(Metric.BUDGET_REFUSED, budget.refused(), name));
    out.sample(Metric.SLOW_CLOSED, memory.watch().closed());
    for (RequestWeight weight : RequestWeight.values()) {
      out.sample(Metric.RATE_LIMITED, limits.refused(weight), weight.label());
    }
  }

  private void certificate(PrometheusText out) {
    out.sample(
        Metric.CERTIFICATE_END, certificate == null ? 0 : certificate.end().getEpochSecond());
    boolean failed = certificate != null && certificate.failure().isPresent();
    out.sample(Metric.CERTIFICATE_FAILED, failed ? 1 : 0);
  }

  private static void upstream(PrometheusText out, UpstreamMeters upstream) {
    for (UpstreamOrigin origin : UpstreamOrigin.values()) {
      out.sample(Metric.UPSTREAM_REQUESTS, upstream.requests(origin), origin.label());
    }
    for (FailureKind kind : FailureKind.values()) {
      out.sample(Metric.UPSTREAM_FAILURES, upstream.failures(kind), kind.label());
    }
    out.sample(Metric.UPSTREAM_BYTES, upstream.bytes());
    out.sample(Metric.UPSTREAM_RETRIES, upstream.retries());
    out.sample(Metric.UPSTREAM_REDIRECTS, upstream.redirects());
    for (UpstreamOrigin origin : UpstreamOrigin.values()) {
      out.sample(Metric.UPSTREAM_PAUSED, upstream.circuitOpen(origin) ? 1 : 0, origin.label());
    }
    out.sample(Metric.BUDGET_REQUESTS, upstream.requestsLeft());
    out.sample(Metric.BUDGET_BYTES, upstream.bytesLeftToday());
  }

  private void store(PrometheusText out) {
    try {
      Store.DiskUsage room = parts.store().diskUsage();
      out.sample(Metric.STORE_UP, 1);
      out.sample(Metric.STORE_USED, room.usedBytes());
      out.sample(Metric.STORE_FREE, room.freeBytes());
      out.sample(Metric.STORE_ACCEPTS, room.admits() ? 1 : 0);
    } catch (LazaretException _) {
      out.sample(Metric.STORE_UP, 0);
    }
  }

  private static void feeds(PrometheusText out, FeedService feeds) {
    Duration age = feeds.age().age();
    out.sample(Metric.FEEDS_AGE, age == null ? -1 : age.toSeconds());
    out.sample(Metric.FEEDS_FAILING, feeds.failing().size());
  }

  private void process(PrometheusText out) {
    Runtime runtime = Runtime.getRuntime();
    String mode = parts.config().policy().mode().name().toLowerCase(Locale.ROOT);
    out.sample(Metric.INFO, 1, parts.version(), mode);
    ProcessHandle.current()
        .info()
        .startInstant()
        .ifPresent(start -> out.sample(Metric.START_TIME, start.getEpochSecond()));
    out.sample(Metric.MEMORY_USED, runtime.totalMemory() - runtime.freeMemory(), "heap");
    out.sample(Metric.MEMORY_MAX, runtime.maxMemory(), "heap");
  }
}
