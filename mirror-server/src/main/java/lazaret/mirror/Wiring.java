package lazaret.mirror;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import lazaret.detonation.DetonationOrderHandlers;
import lazaret.mirror.clients.DescriptorCount;
import lazaret.mirror.config.ConfigException;
import lazaret.mirror.config.ConfigMistake;
import lazaret.mirror.config.ConfigOrigin;
import lazaret.mirror.config.MirrorConfig;
import lazaret.mirror.feeds.HttpAuditRefresher;
import lazaret.mirror.feeds.HttpFeedRefresher;
import lazaret.mirror.health.HealthService;
import lazaret.mirror.outbound.FeedClient;
import lazaret.mirror.outbound.UpstreamOptions;
import lazaret.mirror.server.HttpServer;
import lazaret.mirror.server.ServerContext;
import lazaret.mirror.signin.IdentityContext;
import lazaret.mirror.upstream.MeteredUpstream;
import lazaret.mirror.upstream.OfflineUpstream;
import lazaret.mirror.upstream.Upstreams;
import lazaret.mirror.webhook.WebhookDelivery;
import lazaret.storage.rocks.RocksOptions;
import lazaret.storage.rocks.RocksStore;
import lazaret.vetting.Bytes;
import lazaret.vetting.ProductVersion;
import lazaret.vetting.access.PeopleHandlers;
import lazaret.vetting.access.logins.LoginHandlerSource;
import lazaret.vetting.access.logins.LoginLimits;
import lazaret.vetting.archive.InspectLimits;
import lazaret.vetting.desk.Desk;
import lazaret.vetting.desk.api.DeskApi;
import lazaret.vetting.desk.review.ReviewParts;
import lazaret.vetting.desk.snapshots.BundleService;
import lazaret.vetting.detonation.DetonationHandlerSource;
import lazaret.vetting.gate.Gate;
import lazaret.vetting.gate.context.CurrentRulebook;
import lazaret.vetting.gate.context.GateContext;
import lazaret.vetting.gate.context.GateOptions;
import lazaret.vetting.gate.feeds.FeedService;
import lazaret.vetting.gate.snapshots.SnapshotUpstream;
import lazaret.vetting.gate.snapshots.SnapshotViewStore;
import lazaret.vetting.gate.store.Store;
import lazaret.vetting.gate.upstream.CanaryCrate;
import lazaret.vetting.index.IndexLimits;
import lazaret.vetting.queue.QueueService;
import lazaret.vetting.reading.ReadingHandlerSource;
import lazaret.vetting.reading.ReadingService;
import lazaret.vetting.trace.Tracer;
import org.jspecify.annotations.Nullable;

/// The parts of a gate in start order: store, upstream, gate, desk. Until it listens, a gate
/// neither accepts connections nor works in the background. A command line can therefore work on a
/// store that is not in use by a server.
public final class Wiring implements AutoCloseable {
  private static final String VERSION = ProductVersion.of(Wiring.class);

  private final MirrorConfig config;
  private final Clock clock;
  private final Store store;
  private final MeteredUpstream upstream;
  private final CurrentRulebook rules;
  private final Gate gate;
  private final Desk desk;
  private final HttpFeedRefresher refresh;
  private final HttpAuditRefresher auditRefresh;
  private final HealthService health;
  private final QueueService queue;
  private final DeskApi deskApi;
  private final IdentityContext identities;
  private final WebhookDelivery webhooks;
  private final @Nullable PolicyFileWatch policyWatch;

  /// Scheme, host and port under which people reach the gate. The port is known when it listens.
  private volatile String origin;

  /// The clients for requests to other machines.
  private record Outside(MeteredUpstream upstream, FeedClient feeds, UpstreamOptions options) {}

  private Wiring(
      MirrorConfig config, Clock clock, Store store, Outside outside, CurrentRulebook rules) {
    this.config = config;
    this.clock = clock;
    this.origin = configuredOrigin(config.server());
    this.store = store;
    this.upstream = outside.upstream();
    this.rules = rules;
    Path policyFile = config.policyFile();
    this.policyWatch =
        policyFile == null
            ? null
            : new PolicyFileWatch(policyFile, config.policy(), rules, store, clock);
    if (policyWatch != null) {
      policyWatch.begin();
    } else {
      PolicyFileWatch.begun(store, config.policy(), clock);
    }
    GateContext parts =
        new GateContext(
            store,
            CanaryCrate.before(new SnapshotUpstream(upstream, store)),
            rules,
            clock,
            options(config));
    this.gate = new Gate(parts);
    ReviewParts reviews = ReviewParts.of(parts, gate);
    ReadingService reading = new ReadingService(parts, gate, reviews);
    this.desk = new Desk(parts, gate, reviews, reading, reading);
    this.refresh = new HttpFeedRefresher(desk.feeds(), config.feeds(), outside.feeds(), clock);
    this.auditRefresh = new HttpAuditRefresher(desk.audits(), config.audits(), outside.feeds());
    Optional<BundleService> bundles =
        BundleService.find().map(f -> f.open(desk.snapshots(), config.bundles(), clock));
    this.health = new HealthService(store, desk, bundles.orElse(null), upstream.meters());
    this.identities = new IdentityContext(config, store, desk.tokens(), outside.options(), clock);
    this.queue = new QueueService(parts, gate, desk, reading::prepare);
    LoginHandlerSource logins = logins();
    var detonations = new DetonationHandlerSource(parts, gate, desk);
    this.deskApi =
        new DeskApi(
            desk,
            new DeskApi.Parts(
                refresh,
                auditRefresh,
                bundles.orElse(null),
                VERSION,
                detonations,
                List.of(
                    new PeopleHandlers(identities.sessions(), desk.tokens(), logins::endApproved),
                    logins,
                    new DetonationOrderHandlers(config.server().socket().sandbox(), this::deskApi),
                    queue.handlers(),
                    detonations,
                    new ReadingHandlerSource(parts, reading)),
                health));
    this.webhooks = new WebhookDelivery(store, config.webhooks(), clock);
  }

  /// Builds all parts while the stored feeds are read. No part reads the rules before it is in use.
  private static Wiring of(MirrorConfig config, Clock clock, Store store, Outside outside) {
    CurrentRulebook rules = CurrentRulebook.of(config.policy());
    try (StartTask feeds = StartTask.begin("feeds", () -> FeedService.load(store, rules))) {
      Wiring built = new Wiring(config, clock, store, outside, rules);
      feeds.await();
      return built;
    }
  }

  private static String configuredOrigin(MirrorConfig.Server server) {
    URI named = server.publicUrl();
    return named != null
        ? named.toString()
        : (server.tls() == null ? "http://" : "https://") + server.listen();
  }

  private LoginHandlerSource logins() {
    return new LoginHandlerSource(store, desk.tokens(), clock, LoginLimits.USUAL, () -> origin);
  }

  /// Opens the store and builds all parts on it.
  ///
  /// @param clock the only source of time
  /// @throws lazaret.vetting.LazaretException if the store or the upstream cannot be opened
  public static Wiring open(MirrorConfig config, Clock clock) {
    return open(config, clock, System.getenv());
  }

  static Wiring open(MirrorConfig config, Clock clock, Map<String, String> environment) {
    // Upstream first: it is cheap, and a mistake in its options should not leave a new store
    // behind.
    UpstreamOptions way = upstreamOptions(config.fetch(), environment);
    MeteredUpstream upstream = upstream(config.fetch(), way, clock);
    try {
      RocksOptions options =
          RocksOptions.DEFAULT
              .withMinFreeBytes(config.cache().minFreeBytes())
              .withMaxOpenFiles(DescriptorCount.storeFiles(RocksOptions.DEFAULT.maxOpenFiles()));
      Store store = new SnapshotViewStore(RocksStore.open(config.dataDir(), options, clock));
      try {
        return of(config, clock, store, new Outside(upstream, new FeedClient(way, clock), way));
      } catch (RuntimeException e) {
        store.close();
        throw e;
      }
    } catch (RuntimeException e) {
      upstream.close();
      throw e;
    }
  }

  /// Returns the current problem of the upstream in one clause, or empty if none is known.
  Optional<String> upstreamTrouble() {
    return upstream.meters().trouble();
  }

  /// Builds a gate on a store and an upstream that the caller opened. Closing the gate closes both.
  static Wiring over(MirrorConfig config, Clock clock, Store store, MeteredUpstream upstream) {
    FeedClient feeds = new FeedClient(UpstreamOptions.DEFAULTS, clock);
    return of(config, clock, store, new Outside(upstream, feeds, UpstreamOptions.DEFAULTS));
  }

  private static MeteredUpstream upstream(
      MirrorConfig.Fetch fetch, UpstreamOptions options, Clock clock) {
    return fetch.offline()
        ? new OfflineUpstream(clock)
        : Upstreams.open(fetch.location().address(), options, clock);
  }

  private static UpstreamOptions upstreamOptions(
      MirrorConfig.Fetch fetch, Map<String, String> environment) {
    UpstreamOptions initial = UpstreamOptions.DEFAULTS;
    String contact = fetch.contact();
    return initial
        .withContact(contact == null ? "" : contact)
        .withTimeouts(
            new UpstreamOptions.Timeouts(
                fetch.network().connectTimeout(),
                fetch.network().timeout(),
                fetch.network().timeout(),
                initial.timeouts().transfer()))
        .withLimits(
            new UpstreamOptions.Limits(
                initial.limits().maxIndexBytes(),
                fetch.maxCrateBytes(),
                initial.limits().maxConcurrent()))
        .withBudget(
            new UpstreamOptions.RateLimits(
                fetch.budget().requestsPerSecond(), fetch.budget().bytesPerDay()))
        .withNetwork(network(fetch.network(), environment))
        .withFolderTemplate(fetch.artifacts());
  }

  private static UpstreamOptions.Network network(
      MirrorConfig.Network network, Map<String, String> environment) {
    UpstreamOptions.Network way =
        UpstreamOptions.Network.DIRECT.withAllowedPrivate(network.privateHosts());
    Path ca = network.ca();
    if (ca != null) {
      way = way.withExtraCertificates(List.of(ca));
    }
    Path tokenFile = network.tokenFile();
    if (tokenFile != null) {
      way = way.withAuthorization(secret(tokenFile));
    }
    return ProxySettings.of(network.proxy(), environment).apply(way);
  }

  private static String secret(Path file) {
    try (Stream<String> lines = Files.lines(file, StandardCharsets.UTF_8)) {
      String token = lines.findFirst().orElse("").strip();
      if (!token.isEmpty() && token.length() <= 4096) {
        return token;
      }
    } catch (IOException | java.io.UncheckedIOException _) {
      // reported below, like an empty file
    }
    throw new ConfigException(
        List.of(
            new ConfigMistake(
                new ConfigOrigin.File(file, 1, 1),
                "'fetch.token-file' must hold one line with the token for upstream")));
  }

  private static GateOptions options(MirrorConfig config) {
    IndexLimits limits = IndexLimits.DEFAULT;
    return new GateOptions(
        config.cache().indexTtl(),
        config.cache().absentTtl(),
        config.gate().retryPause(),
        config.gate().staleWait(),
        config.gate().vettingWait(),
        config.gate().scrubInterval(),
        config.gate().removalDelay(),
        config.cache().artifactMemory(),
        config.cache().indexMemory(),
        config.gate().parallelDownloads(),
        new IndexLimits(
            config.gate().maxIndexBytes(),
            limits.lines(),
            limits.omitted(),
            limits.lineBytes(),
            limits.deps(),
            limits.features(),
            limits.depth()),
        InspectLimits.DEFAULT.withUnpackedBytes(config.gate().maxUnpackedBytes()),
        config.gate().retention());
  }

  /// Returns the configuration.
  public MirrorConfig config() {
    return config;
  }

  /// Returns the clock.
  public Clock clock() {
    return clock;
  }

  /// Returns the store.
  public Store store() {
    return store;
  }

  /// Returns the upstream.
  public MeteredUpstream upstream() {
    return upstream;
  }

  /// Returns the rules, which hold the rulebook in force.
  public CurrentRulebook rules() {
    return rules;
  }

  /// Returns the gate.
  public Gate gate() {
    return gate;
  }

  /// Returns the desk.
  public Desk desk() {
    return desk;
  }

  /// Starts listening and background work.
  ///
  /// @throws lazaret.vetting.LazaretException if it cannot listen
  HttpServer listen() {
    Tracer tracer = TraceSetup.open(config, VERSION);
    HttpServer listener = HttpServer.start(serverParts(), openApi(), tracer);
    origin = listener.url();
    gate.start();
    queue.start();
    refresh.start(tracer);
    auditRefresh.start(tracer);
    if (policyWatch != null) {
      policyWatch.start();
    }
    webhooks.start();
    return listener;
  }

  /// Returns the parts that a listener serves.
  public ServerContext serverParts() {
    return new ServerContext(
        config,
        clock,
        store,
        gate,
        desk,
        health,
        deskApi,
        identities,
        new ServerContext.Meters(upstream.meters(), queue, webhooks),
        VERSION);
  }

  private static Bytes openApi() {
    try (InputStream in = Wiring.class.getResourceAsStream("/lazaret/openapi.json")) {
      if (in == null) {
        throw new IllegalStateException("the program was built without lazaret/openapi.json");
      }
      return Bytes.of(in.readAllBytes());
    } catch (IOException e) {
      throw new IllegalStateException("the program's own files cannot be read", e);
    }
  }

  /// Returns the API of the desk.
  public DeskApi deskApi() {
    return deskApi;
  }

  /// Stops the gate, writes collected data, and closes upstream and store. Closing twice is
  /// allowed.
  @Override
  public void close() {
    try (store;
        upstream;
        webhooks;
        refresh;
        auditRefresh;
        identities) {
      if (policyWatch != null) {
        policyWatch.close();
      }
      queue.close();
      gate.close();
    }
  }
}
