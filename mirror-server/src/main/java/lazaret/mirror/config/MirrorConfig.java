package lazaret.mirror.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import lazaret.mirror.clients.TrustedProxies;
import lazaret.mirror.feeds.AuditRefresh;
import lazaret.mirror.feeds.FeedRefresh;
import lazaret.storage.files.DataFolderFiles;
import lazaret.vetting.desk.snapshots.BundleService;
import lazaret.vetting.policy.Policy;
import lazaret.vetting.gate.retention.RetentionOptions;
import org.jspecify.annotations.Nullable;

/// The checked configuration of a gate.
///
/// @param dataDir folder of the store
/// @param server the settings for clients
/// @param fetch the settings for upstream
/// @param policy the policy for settings that are absent from the policy file
/// @param policyFile the policy file; null if there is none
/// @param cache lifetimes and sizes of caches
/// @param gate the settings of the gate
/// @param feeds the feeds to refresh and their interval
/// @param audits the audits to refresh and their interval
/// @param webhooks the addresses that receive events
/// @param bundles the folders of bundles
/// @param minFreeBytes the free disk space in bytes below which new artifacts are not stored
public record MirrorConfig(
    Path dataDir,
    Server server,
    Fetch fetch,
    Policy policy,
    @Nullable Path policyFile,
    Cache cache,
    GateSettings gate,
    FeedRefresh.Plan feeds,
    AuditRefresh.Plan audits,
    Webhooks webhooks,
    BundleService.BundleSettings bundles,
    long minFreeBytes) {

  /// The settings for clients of the gate.
  ///
  /// @param publicUrl scheme, host and port; null if clients use the listen address
  /// @param tls certificate and key; null for plain HTTP
  public record Server(
      Endpoint listen,
      @Nullable URI publicUrl,
      @Nullable Tls tls,
      boolean authRequired,
      boolean http2,
      Connections connections,
      AccessLogSettings accessLog,
      Socket socket) {}

  /// The unix socket of the desk.
  ///
  /// @param path path of the socket file
  /// @param named whether a setting or `RUNTIME_DIRECTORY` names the path
  /// @param group the group that may connect; null for that of the process
  public record Socket(Path path, boolean named, @Nullable String group) {}

  /// The PEM files of the certificate and its key.
  public record Tls(Path certificate, Path key) {}

  /// Limits on clients.
  ///
  /// @param max connections at once
  /// @param headTimeout the time for one request head
  /// @param proxies the proxies that may name their clients
  public record Connections(
      int max,
      Duration idleTimeout,
      Duration headTimeout,
      Duration stopTimeout,
      TrustedProxies proxies) {}

  /// The destination of the access log.
  ///
  /// @param file a path relative to the data folder, `stderr` or `off`
  public record AccessLogSettings(String file, AccessLogFormat format) {}

  /// Returns the form of the log, which is set up before everything else.
  public static LogFormat logFormat(Settings settings) {
    return settings.value(ServerKeys.LOG_FORMAT);
  }

  /// The settings for requests to upstream.
  public record Fetch(
      UpstreamPlace place,
      boolean offline,
      @Nullable String artefacts,
      @Nullable String contact,
      Network network,
      Budget budget,
      long maxCrateBytes) {}

  /// The network settings for upstream.
  public record Network(
      @Nullable URI proxy,
      @Nullable Path ca,
      @Nullable Path tokenFile,
      List<String> privateHosts,
      Duration connectTimeout,
      Duration timeout) {}

  /// The limits on requests to upstream. 0 sets no limit.
  public record Budget(int requestsPerSecond, long bytesPerDay) {}

  /// The lifetimes and sizes of caches.
  public record Cache(
      Duration indexTtl, Duration absentTtl, long indexMemory, long artefactMemory) {}

  /// The settings of the gate.
  public record GateSettings(
      Duration vettingWait,
      Duration staleWait,
      Duration retryPause,
      Duration scrubInterval,
      Duration removalDelay,
      int parallelDownloads,
      int maxIndexBytes,
      long maxUnpackedBytes,
      RetentionOptions retention) {}

  /// The addresses that receive events.
  ///
  /// @param urls addresses; empty if no events are sent
  /// @param secretFile file with the key of the signatures; null only if there are no addresses
  /// @param giveUp the time after which one event is abandoned
  public record Webhooks(
      List<URI> urls,
      @Nullable Path secretFile,
      WebhookEvents events,
      List<String> privateHosts,
      Duration giveUp) {}

  /// Reads the configuration of a program that was started with a command line.
  ///
  /// @param arguments the options of the server, for example `--data-dir`, `/srv/lazaret`
  /// @param environment all environment variables
  /// @throws ConfigException if there are mistakes, naming all of them
  public static MirrorConfig read(List<String> arguments, Map<String, String> environment) {
    CommandLine line = CommandLine.parse(arguments);
    Path folder = Path.of("").toAbsolutePath();
    return of(Settings.read(new Settings.Sources(line, environment, folder)));
  }

  /// Builds the configuration from checked settings.
  public static MirrorConfig of(Settings settings) {
    return new MirrorConfig(
        settings.value(Keys.DATA_DIR),
        server(settings),
        fetch(settings),
        Policy.DEFAULT
            .withMode(settings.value(Keys.MODE))
            .withCooldowns(
                new Policy.Cooldowns(
                    settings.value(Keys.AUTOMATIC),
                    settings.value(Keys.COOLDOWN),
                    settings.value(Keys.BUILD_COOLDOWN),
                    Policy.Cooldowns.DEFAULT.fastLane())),
        settings.orNull(Keys.POLICY_FILE),
        new Cache(
            settings.value(Keys.INDEX_TTL),
            settings.value(Keys.ABSENT_TTL),
            settings.value(Keys.INDEX_MEMORY),
            settings.value(Keys.ARTEFACT_MEMORY)),
        new GateSettings(
            settings.value(Keys.VETTING_WAIT),
            settings.value(Keys.STALE_WAIT),
            settings.value(Keys.RETRY_PAUSE),
            settings.value(Keys.SCRUB_INTERVAL),
            settings.value(Keys.REMOVAL_DELAY),
            settings.value(Keys.PARALLEL_DOWNLOADS),
            Math.toIntExact(settings.value(Keys.MAX_INDEX)),
            settings.value(Keys.MAX_UNPACKED),
            RetentionKeys.options(settings)),
        FeedKeys.plan(settings),
        AuditKeys.plan(settings),
        new Webhooks(
            settings.value(WebhookKeys.URLS).stream().map(URI::create).toList(),
            settings.orNull(WebhookKeys.SECRET_FILE),
            settings.value(WebhookKeys.EVENTS),
            settings.value(WebhookKeys.PRIVATE_HOSTS),
            settings.value(WebhookKeys.GIVE_UP)),
        BundleKeys.place(settings),
        settings.value(Keys.MIN_FREE));
  }

  private static Server server(Settings settings) {
    Path certificate = settings.orNull(Keys.TLS_CERTIFICATE);
    Path key = settings.orNull(Keys.TLS_KEY);
    return new Server(
        settings.value(Keys.LISTEN),
        settings.orNull(Keys.PUBLIC_URL),
        certificate == null || key == null ? null : new Tls(certificate, key),
        settings.value(Keys.AUTH_REQUIRED),
        settings.value(ServerKeys.HTTP2),
        new Connections(
            settings.value(ServerKeys.MAX_CONNECTIONS),
            settings.value(ServerKeys.IDLE_TIMEOUT),
            settings.value(ServerKeys.HEAD_TIMEOUT),
            settings.value(ServerKeys.STOP_TIMEOUT),
            TrustedProxies.of(settings.value(ServerKeys.TRUSTED_PROXIES))),
        new AccessLogSettings(
            settings.value(Keys.ACCESS_LOG), settings.value(Keys.ACCESS_LOG_FORMAT)),
        socket(settings));
  }

  private static Socket socket(Settings settings) {
    Path named = settings.orNull(ServerKeys.SOCKET);
    return new Socket(
        named == null ? settings.value(Keys.DATA_DIR).resolve(DataFolderFiles.SOCKET) : named,
        named != null,
        settings.orNull(ServerKeys.SOCKET_GROUP));
  }

  private static Fetch fetch(Settings settings) {
    return new Fetch(
        settings.value(Keys.UPSTREAM),
        settings.value(Keys.OFFLINE),
        settings.orNull(Keys.FETCH_ARTEFACTS),
        settings.orNull(Keys.FETCH_CONTACT),
        new Network(
            settings.orNull(Keys.FETCH_PROXY),
            settings.orNull(Keys.FETCH_CA),
            settings.orNull(Keys.FETCH_TOKEN_FILE),
            settings.value(Keys.FETCH_PRIVATE_HOSTS),
            settings.value(Keys.FETCH_CONNECT_TIMEOUT),
            settings.value(Keys.FETCH_TIMEOUT)),
        new Budget(settings.value(Keys.FETCH_RATE), settings.value(Keys.FETCH_BYTES_PER_DAY)),
        settings.value(Keys.MAX_CRATE));
  }
}
