package lazaret.mirror.server;

import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import lazaret.mirror.budget.Budget;
import lazaret.mirror.budget.ServerBudgets;
import lazaret.mirror.budget.TransferWatch;
import lazaret.mirror.clients.ClientConnections;
import lazaret.mirror.following.FollowStatus;
import lazaret.mirror.http.AccessLog;
import lazaret.mirror.http.HttpResponse;
import lazaret.mirror.limits.ClientLimits;
import lazaret.mirror.limits.RequestWeight;
import lazaret.mirror.outbound.FailureKind;
import lazaret.mirror.outbound.UpstreamMeters;
import lazaret.mirror.outbound.UpstreamOrigin;
import lazaret.mirror.tls.CertificateWatch;
import lazaret.vetting.Bytes;
import lazaret.vetting.LazaretException;
import lazaret.vetting.desk.search.LedgerVerification;
import lazaret.vetting.desk.snapshots.PromisedSnapshot;
import lazaret.vetting.desk.snapshots.StoreLag;
import lazaret.vetting.gate.context.GateCounters;
import lazaret.vetting.gate.feeds.FeedService;
import lazaret.vetting.gate.retention.DropKind;
import lazaret.vetting.gate.store.Store;
import lazaret.vetting.gate.store.StoreCondition;
import lazaret.vetting.queue.QueueSummary;
import org.jspecify.annotations.Nullable;

/// The collector of the metrics on `/metrics`; `docs/metrics.md` explains each.
final class MetricsCollector implements MultiCollector {
  private static final PrometheusTextFormatWriter FORMAT =
      PrometheusTextFormatWriter.builder().setIncludeCreatedTimestamps(false).build();

  private final PrometheusRegistry registry = new PrometheusRegistry();
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
    http.register(registry);
    registry.register(this);
  }

  /// The limits on the memory of requests.
  record Memory(ServerBudgets budgets, TransferWatch watch) {}

  HttpResponse respond() {
    ByteArrayOutputStream text = new ByteArrayOutputStream(32_768);
    try {
      FORMAT.write(text, registry.scrape());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return HttpResponse.of(200, FORMAT.getContentType(), Bytes.of(text.toByteArray()))
        .with("cache-control", "no-store");
  }

  /// Returns the metrics whose values are read now.
  @Override
  public MetricSnapshots collect() {
    MetricSamples out = new MetricSamples();
    http(out);
    for (GateCounters.Count count : GateCounters.Count.values()) {
      out.add(Metric.of(count), parts.gate().meters().value(count));
    }
    upstream(out, parts.meters().upstream());
    out.add(Metric.STORE_UP, readsStore(out, this::store));
    boolean _ = readsStore(out, this::ledger);
    boolean _ = readsStore(out, this::queue);
    boolean _ = readsStore(out, this::snapshots);
    for (DropKind kind : DropKind.values()) {
      out.add(Metric.DROPPED, parts.desk().dropped().count(kind), kind.code());
    }
    feeds(out, parts.desk().feeds());
    out.add(Metric.REMOVALS, parts.gate().removals().open().size());
    boolean _ = readsStore(out, this::following);
    out.add(Metric.WEBHOOKS_DELIVERED, parts.meters().webhooks().taken());
    out.add(Metric.WEBHOOKS_FAILED, parts.meters().webhooks().failed());
    out.add(Metric.WEBHOOKS_LAG, parts.meters().webhooks().behind());
    ClusterMetrics.collect(out, parts.meters().cluster(), parts.meters().tasks().get());
    process(out);
    return out.snapshots();
  }

  /// Adds metrics that are read from the store; none of them if it fails. A store that several
  /// servers share is not read while the newest decisions are not known: it may not answer for a
  /// long time, and the metrics would be missing just then.
  ///
  /// @return whether the store was read
  private boolean readsStore(MetricSamples out, Consumer<MetricSamples> part) {
    if (!parts.health().isCurrent()) {
      return false;
    }
    MetricSamples samples = new MetricSamples();
    try {
      part.accept(samples);
    } catch (LazaretException _) {
      return false;
    }
    out.addAll(samples);
    return true;
  }

  private void http(MetricSamples out) {
    out.add(Metric.IN_FLIGHT, http.inFlight());
    out.add(Metric.CONNECTIONS, connections.count());
    for (ClientConnections.Closed reason : ClientConnections.Closed.values()) {
      out.add(
          Metric.CONNECTIONS_CLOSED,
          connections.closed(reason),
          reason.name().toLowerCase(Locale.ROOT));
    }
    out.add(Metric.LOG_DROPPED, log.dropped());
    certificate(out);
    budgets(out);
  }

  private void budgets(MetricSamples out) {
    Map<String, Budget> budgets = memory.budgets().named();
    budgets.forEach((name, budget) -> out.add(Metric.BUDGET_LIMIT, budget.limit(), name));
    budgets.forEach((name, budget) -> out.add(Metric.BUDGET_USED, budget.used(), name));
    budgets.forEach((name, budget) -> out.add(Metric.BUDGET_REFUSED, budget.refused(), name));
    out.add(Metric.SLOW_CLOSED, memory.watch().closed());
    for (RequestWeight weight : RequestWeight.values()) {
      out.add(Metric.RATE_LIMITED, limits.refused(weight), weight.label());
    }
  }

  private void certificate(MetricSamples out) {
    out.add(Metric.CERTIFICATE_END, certificate == null ? 0 : certificate.end().getEpochSecond());
    out.add(Metric.CERTIFICATE_FAILED, certificate != null && certificate.failure().isPresent());
  }

  private static void upstream(MetricSamples out, UpstreamMeters upstream) {
    for (UpstreamOrigin origin : UpstreamOrigin.values()) {
      out.add(Metric.UPSTREAM_REQUESTS, upstream.requests(origin), origin.label());
    }
    for (FailureKind kind : FailureKind.values()) {
      out.add(Metric.UPSTREAM_FAILURES, upstream.failures(kind), kind.label());
    }
    out.add(Metric.UPSTREAM_BYTES, upstream.bytes());
    out.add(Metric.UPSTREAM_RETRIES, upstream.retries());
    out.add(Metric.UPSTREAM_REDIRECTS, upstream.redirects());
    for (UpstreamOrigin origin : UpstreamOrigin.values()) {
      out.add(Metric.UPSTREAM_PAUSED, upstream.circuitOpen(origin), origin.label());
    }
    out.add(Metric.BUDGET_REQUESTS, upstream.requestsLeft());
    out.add(Metric.BUDGET_BYTES, upstream.bytesLeftToday());
  }

  private void store(MetricSamples out) {
    Store.DiskUsage room = parts.store().diskUsage();
    out.add(Metric.STORE_USED, room.usedBytes());
    out.add(Metric.STORE_FREE, room.freeBytes());
    out.add(Metric.STORE_ACCEPTS, room.admits());
    StoreCondition condition = parts.store().condition();
    out.add(Metric.STORE_FAULTS, condition.faults().size());
    out.add(Metric.STORE_WITHHOLDS, condition.withholds());
    out.add(Metric.STORE_DAMAGED, parts.store().damagedReads());
    out.add(Metric.DECISIONS_REFUSED, parts.store().refusedDecision().isPresent());
  }

  private void ledger(MetricSamples out) {
    LedgerVerification state = parts.desk().searches().verifier().verify();
    out.add(Metric.LEDGER_ENTRIES, state.entries());
    out.add(Metric.LEDGER_VERIFIED, state.verified());
    out.add(Metric.LEDGER_BROKEN, state.fault() != null);
  }

  private void queue(MetricSamples out) {
    QueueSummary queue = parts.meters().queue().summary();
    queue.versions().forEach((state, count) -> out.add(Metric.QUEUE_VERSIONS, count, state.code()));
    Instant oldest = queue.oldest();
    out.add(Metric.QUEUE_OLDEST, oldest == null ? 0 : oldest.getEpochSecond());
  }

  private void snapshots(MetricSamples out) {
    out.add(Metric.SNAPSHOT_SERVED, parts.desk().snapshots().head());
    Optional<PromisedSnapshot> next = parts.desk().snapshots().next();
    out.add(Metric.SNAPSHOT_EXPECTED, next.map(n -> n.promised().getEpochSecond()).orElse(0L));
    Optional<StoreLag> lag = parts.health().storeLag();
    // The mark cannot be read if it is 0: the store is behind, by an unknown number.
    out.add(
        Metric.SNAPSHOT_LAG, lag.map(l -> Math.max(1, l.highWaterMark() - l.stored())).orElse(0L));
  }

  private static void feeds(MetricSamples out, FeedService feeds) {
    Duration age = feeds.age().age();
    out.add(Metric.FEEDS_AGE, age == null ? -1 : age.toSeconds());
    out.add(Metric.FEEDS_FAILING, feeds.failing().size());
  }

  private void following(MetricSamples out) {
    FollowStatus status = parts.health().followStatus();
    Instant current = status.reply().currentUntil();
    out.add(Metric.FOLLOW_CURRENT, current == null ? 0 : current.getEpochSecond());
    out.add(Metric.FOLLOW_GAP, status.reply().gap());
    out.add(Metric.FOLLOW_LEFT, Math.max(0, status.reply().total() - status.reply().done()));
    out.add(Metric.FOLLOW_REQUESTS, status.counts().requests());
    out.add(Metric.FOLLOW_BYTES, status.counts().bytes());
    out.add(Metric.FOLLOW_ARTIFACTS, status.counts().artifacts());
    out.add(Metric.FOLLOW_FAILURES, status.counts().failures());
  }

  private void process(MetricSamples out) {
    Runtime runtime = Runtime.getRuntime();
    String mode = parts.config().policy().mode().name().toLowerCase(Locale.ROOT);
    out.add(Metric.INFO, 1, parts.version(), mode);
    ProcessHandle.current()
        .info()
        .startInstant()
        .ifPresent(start -> out.add(Metric.START_TIME, start.getEpochSecond()));
    out.add(Metric.MEMORY_USED, runtime.totalMemory() - runtime.freeMemory(), "heap");
    out.add(Metric.MEMORY_MAX, runtime.maxMemory(), "heap");
  }
}
