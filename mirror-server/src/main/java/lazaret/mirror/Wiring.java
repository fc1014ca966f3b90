package lazaret.mirror;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import lazaret.detonation.DetonationOrderHandlers;
import lazaret.mirror.config.MirrorConfig;
import lazaret.mirror.feeds.HttpAuditRefresher;
import lazaret.mirror.feeds.HttpFeedRefresher;
import lazaret.mirror.following.FollowService;
import lazaret.mirror.health.ClusterHealth;
import lazaret.mirror.health.HealthService;
import lazaret.mirror.server.HttpServer;
import lazaret.mirror.server.ServerContext;
import lazaret.mirror.signin.IdentityContext;
import lazaret.mirror.upstream.MeteredUpstream;
import lazaret.mirror.webhook.WebhookDelivery;
import lazaret.site.SiteFileService;
import lazaret.vetting.Bytes;
import lazaret.vetting.ProductVersion;
import lazaret.vetting.access.PeopleHandlers;
import lazaret.vetting.access.logins.LoginHandlerSource;
import lazaret.vetting.access.logins.LoginLimits;
import lazaret.vetting.cluster.ChangeApplier;
import lazaret.vetting.cluster.ClusterService;
import lazaret.vetting.desk.Desk;
import lazaret.vetting.desk.api.DeskApi;
import lazaret.vetting.desk.review.ReviewParts;
import lazaret.vetting.desk.snapshots.BundleService;
import lazaret.vetting.detonation.DetonationHandlerSource;
import lazaret.vetting.gate.Gate;
import lazaret.vetting.gate.context.CurrentRulebook;
import lazaret.vetting.gate.context.GateContext;
import lazaret.vetting.gate.feeds.FeedService;
import lazaret.vetting.gate.store.Store;
import lazaret.vetting.hosting.names.PrivateNameAlarm;
import lazaret.vetting.hosting.names.StoredNameOrigins;
import lazaret.vetting.inventory.RefetchCheck;
import lazaret.vetting.inventory.RetentionService;
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
  private final ConfiguredStore opened;
  private final Store store;
  private final ClusterService cluster;
  private final MeteredUpstream upstream;
  private final CurrentRulebook rules;
  private final StoredNameOrigins names;
  private final Gate gate;
  private final Desk desk;
  private final HttpFeedRefresher refresh;
  private final HttpAuditRefresher auditRefresh;
  private final FollowService following;
  private final HealthService health;
  private final QueueService queue;
  private final RetentionService retention;
  private final SiteParts site;
  private final DeskApi deskApi;
  private final IdentityContext identities;
  private final WebhookDelivery webhooks;
  private final StoreSweepTask sweep;
  private final @Nullable PolicyFileWatch policyWatch;

  /// Scheme, host and port under which people reach the gate. The port is known when it listens.
  private volatile String origin;

  private Wiring(
      MirrorConfig config,
      Clock clock,
      ConfiguredStore opened,
      OutsideClients outside,
      CurrentRulebook rules) {
    this.config = config;
    this.clock = clock;
    this.origin = configuredOrigin(config.server());
    this.opened = opened;
    this.store = opened.store();
    this.cluster = new ClusterService(store, opened.changes(), clock);
    this.upstream = outside.upstream();
    this.rules = rules;
    this.policyWatch = PolicyFileWatch.begin(config, rules, store, clock);
    var hosting = config.site().hosting();
    this.names = new StoredNameOrigins(store, hosting.patterns(), hosting.otherNames());
    PrivateNameAlarm alarm = new PrivateNameAlarm(store, names, clock);
    outside.names().use(names, alarm::stopped);
    GateContext parts =
        new GateContext(
            store,
            GateSetup.upstream(new RefetchCheck(upstream, store, clock), store, names, hosting),
            rules,
            clock,
            GateSetup.options(config));
    this.gate = new Gate(parts);
    names.follow(gate.files());
    ReviewParts reviews = ReviewParts.of(parts, gate);
    ReadingService reading = new ReadingService(parts, gate, reviews);
    this.desk = new Desk(parts, gate, reviews, reading, reading);
    this.refresh = new HttpFeedRefresher(desk.feeds(), config.feeds(), outside.feeds(), clock);
    this.auditRefresh = new HttpAuditRefresher(desk.audits(), config.audits(), outside.feeds());
    Optional<BundleService> bundles =
        BundleService.find().map(f -> f.open(desk.snapshots(), config.bundles(), clock));
    this.health = new HealthService(store, desk, bundles.orElse(null), upstream.meters());
    Path followed = config.dataDir().resolve("follow");
    this.following =
        new FollowService(gate, store, clock, config.follow(), outside.options(), followed);
    watch(alarm);
    this.identities = new IdentityContext(config, store, desk.tokens(), outside.options(), clock);
    this.queue = new QueueService(parts, gate, desk, reading::prepare);
    this.retention = new RetentionService(parts, gate, RetentionSetup.settings(config));
    this.site =
        SiteParts.open(
            new SiteParts.Around(
                config,
                parts,
                gate,
                desk,
                identities,
                new SiteParts.Names(names, alarm),
                following,
                outside));
    bundles.ifPresent(site::connect);
    this.deskApi = api(bundles.orElse(null), parts, new ReadingHandlerSource(parts, reading));
    this.webhooks = new WebhookDelivery(store, config.webhooks(), names, clock);
    this.sweep = new StoreSweepTask(opened.tasks(), cluster);
  }

  /// Connects the parts whose state the health of the gate shows.
  private void watch(PrivateNameAlarm alarm) {
    following.onListed(alarm::listed);
    health.watch(following);
    health.watch(alarm);
    if (store.shared().isPresent()) {
      health.follow(new ClusterHealth(cluster, opened.tasks()));
    }
  }

  /// Returns the API of the desk. The other parts exist.
  private DeskApi api(
      @Nullable BundleService bundles, GateContext parts, ReadingHandlerSource reading) {
    DetonationHandlerSource detonations = new DetonationHandlerSource(parts, gate, desk);
    LoginHandlerSource logins =
        new LoginHandlerSource(store, desk.tokens(), clock, LoginLimits.USUAL, () -> origin);
    return new DeskApi(
        desk,
        new DeskApi.Parts(
            refresh,
            auditRefresh,
            bundles,
            VERSION,
            detonations,
            Stream.concat(
                    Stream.of(
                        new PeopleHandlers(
                            identities.sessions(),
                            desk.tokens(),
                            logins::endApproved,
                            site::personRemoved),
                        logins,
                        new DetonationOrderHandlers(
                            config.server().socket().sandbox(), this::deskApi),
                        queue.handlers(),
                        retention.handlers(this::deskApi),
                        detonations,
                        following.handlers(),
                        reading),
                    site.handlers(this::deskApi, () -> origin).stream())
                .toList(),
            health));
  }

  /// Builds all parts while the stored feeds are read. No part reads the rules before it is in use.
  private static Wiring of(
      MirrorConfig config, Clock clock, ConfiguredStore opened, OutsideClients outside) {
    CurrentRulebook rules = CurrentRulebook.of(config.policy());
    try (StartTask feeds =
        StartTask.begin("feeds", () -> FeedService.load(opened.store(), rules))) {
      Wiring built =
          new Wiring(config, ProgramClock.of(opened.store(), clock), opened, outside, rules);
      feeds.await();
      built.cluster.attach(
          new ChangeApplier.Parts(
              opened.store(),
              () -> {
                // A bundle may have brought private names.
                built.names.reload();
                opened.followHead().run();
              },
              rules,
              built.gate,
              built.desk));
      return built;
    }
  }

  private static String configuredOrigin(MirrorConfig.Server server) {
    URI named = server.publicUrl();
    return named != null
        ? named.toString()
        : (server.tls() == null ? "http://" : "https://") + server.listen();
  }

  /// Opens the store and builds all parts on it.
  ///
  /// @param clock the clock of this process: the only source of time, unless several nodes share
  ///   the store
  /// @throws lazaret.vetting.LazaretException if the store or the upstream cannot be opened
  public static Wiring open(MirrorConfig config, Clock clock) {
    return open(config, clock, System.getenv());
  }

  static Wiring open(MirrorConfig config, Clock clock, Map<String, String> environment) {
    // Upstream first: it is cheap, and a mistake in its options should not leave a new store
    // behind.
    OutsideClients outside = OutsideClients.open(config, clock, environment);
    try {
      ConfiguredStore opened = ConfiguredStore.open(config, clock);
      try {
        return of(config, clock, opened, outside);
      } catch (RuntimeException e) {
        opened.store().close();
        throw e;
      }
    } catch (RuntimeException e) {
      outside.upstream().close();
      throw e;
    }
  }

  /// Opens the store of a server without its gate, for commands. It may have a part of its data
  /// alone, from a conversion that has not ended. The caller closes it.
  ///
  /// @throws lazaret.vetting.LazaretException if it cannot be opened
  public static Store openStore(MirrorConfig config, Clock clock) {
    return ConfiguredStore.openAlone(config, clock).store();
  }

  /// Returns the current problem of the upstream in one clause, or empty if none is known.
  Optional<String> upstreamTrouble() {
    return upstream.meters().trouble();
  }

  /// Builds a gate on a store and an upstream that the caller opened. Closing the gate closes both.
  static Wiring over(MirrorConfig config, Clock clock, Store store, MeteredUpstream upstream) {
    return of(config, clock, ConfiguredStore.over(store), OutsideClients.over(upstream, clock));
  }

  /// Returns the configuration.
  public MirrorConfig config() {
    return config;
  }

  /// Returns the clock of the gate, which is that of the database if several nodes share the store.
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

  /// Returns the files of the site.
  SiteFileService siteFiles() {
    return site.files();
  }

  /// Starts listening and background work.
  ///
  /// @throws lazaret.vetting.LazaretException if it cannot listen
  HttpServer listen() {
    Tracer tracer = TraceSetup.open(config, VERSION);
    HttpServer listener = HttpServer.start(serverParts(), openApi(), tracer);
    origin = listener.url();
    cluster.start();
    gate.start(cluster.leader());
    queue.start();
    retention.start();
    refresh.start(tracer, cluster.leader());
    auditRefresh.start(tracer, cluster.leader());
    following.start(cluster.leader());
    site.start(tracer, cluster.leader());
    sweep.start();
    if (policyWatch != null) {
      policyWatch.start();
    }
    webhooks.start(cluster.leader());
    return listener;
  }

  /// Returns the parts that a listener serves.
  public ServerContext serverParts() {
    return new ServerContext(
        config,
        clock,
        store,
        gate,
        names,
        desk,
        health,
        deskApi,
        identities,
        site::routes,
        new ServerContext.Meters(
            upstream.meters(), queue, webhooks, cluster, opened.tasks()::figures),
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
        cluster;
        sweep;
        webhooks;
        refresh;
        auditRefresh;
        identities) {
      if (policyWatch != null) {
        policyWatch.close();
      }
      site.close();
      following.close();
      queue.close();
      retention.close();
      gate.close();
    }
  }
}
