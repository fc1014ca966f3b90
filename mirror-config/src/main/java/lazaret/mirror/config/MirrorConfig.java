package lazaret.mirror.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import lazaret.documentation.DocumentationSettings;
import lazaret.git.GitSourceSettings;
import lazaret.mirror.following.FollowSettings;
import lazaret.mirror.outbound.AddressBlock;
import lazaret.results.ResultSettings;
import lazaret.signin.IssuerAddress;
import lazaret.signin.oidc.OidcSettings;
import lazaret.signin.workload.WorkloadIssuer;
import lazaret.storage.files.DataFolderFiles;
import lazaret.storage.provider.StoreSettings;
import lazaret.toolchain.ToolchainSettings;
import lazaret.vetting.desk.snapshots.BundleSettings;
import lazaret.vetting.gate.feeds.FeedLocation;
import lazaret.vetting.gate.retention.RetentionOptions;
import lazaret.vetting.hosting.HostingSettings;
import lazaret.vetting.origin.NameOrigins;
import lazaret.vetting.policy.Policy;
import org.jspecify.annotations.Nullable;

/// The checked configuration of a gate.
///
/// @param dataDir folder of the store
/// @param server the settings for clients
/// @param fetch the settings for upstream
/// @param policy the policy for settings that are absent from the policy file
/// @param policyFile the policy file; null if there is none
/// @param cache lifetimes and sizes of caches and of the store
/// @param gate the settings of the gate
/// @param feeds the feeds to refresh and their interval
/// @param audits the audits to refresh and their interval
/// @param follow the settings of following the registry
/// @param webhooks the addresses that receive events
/// @param bundles the folders of bundles
/// @param site the settings of what a site serves in addition to public crates
/// @param workloadIssuers the CI systems whose jobs can get tokens; empty if there are none
public record MirrorConfig(
    Path dataDir,
    Server server,
    Fetch fetch,
    Policy policy,
    @Nullable Path policyFile,
    Cache cache,
    GateSettings gate,
    Feeds feeds,
    Audits audits,
    FollowSettings follow,
    Webhooks webhooks,
    BundleSettings bundles,
    Site site,
    List<WorkloadIssuer> workloadIssuers) {
  /// Copies the list.
  public MirrorConfig {
    workloadIssuers = List.copyOf(workloadIssuers);
  }

  /// The settings for clients of the gate.
  ///
  /// @param publicUrl scheme, host and port; null if clients use the listen address
  /// @param tls certificate and key; null for plain HTTP
  public record Server(
      Endpoint listen,
      @Nullable URI publicUrl,
      @Nullable Tls tls,
      Access access,
      boolean http2,
      Connections connections,
      Observation observation,
      Socket socket) {
    /// Returns whether every request needs a token.
    public boolean authRequired() {
      return access.authRequired();
    }
  }

  /// The settings for the identity of clients and people.
  ///
  /// @param authRequired whether every request needs a token
  /// @param signIn the sign-in of people at a provider; null for tokens only
  public record Access(boolean authRequired, @Nullable SignIn signIn) {}

  /// The settings for the sign-in of people by OpenID Connect.
  ///
  /// @param secretFile the file with the secret of the client; null for a public client
  /// @param claims the claims with the name and the groups of a person
  /// @param roles the roles of groups; one gives `admin` for all crates
  /// @param ca a PEM file with additional authorities; null if there is none
  /// @param privateHosts private hosts that endpoints of the issuer may have in addition to its own
  public record SignIn(
      IssuerAddress issuer,
      String clientId,
      @Nullable Path secretFile,
      OidcSettings.Claims claims,
      List<String> scopes,
      List<SignInRole> roles,
      @Nullable Path ca,
      List<String> privateHosts) {}

  /// The unix socket of the desk, and that of the sandbox service.
  ///
  /// @param path path of the socket file
  /// @param named whether a setting or `RUNTIME_DIRECTORY` names the path
  /// @param group the group that may connect; null for that of the process
  /// @param sandbox path of the socket of the sandbox service; null if there is none
  public record Socket(Path path, boolean named, @Nullable String group, @Nullable Path sandbox) {}

  /// The PEM files of the certificate and its key.
  public record Tls(Path certificate, Path key) {}

  /// Limits on clients.
  ///
  /// @param max connections at once
  /// @param headTimeout the time for one request head
  /// @param proxies the proxies that may name their clients
  /// @param rates the rate limits of clients
  public record Connections(
      int max,
      Duration idleTimeout,
      Duration headTimeout,
      Duration stopTimeout,
      List<AddressBlock> proxies,
      Limits rates) {}

  /// The feeds to refresh and their interval.
  ///
  /// @param locations the configured feeds; empty if nothing is fetched
  /// @param interval the time between two requests to the same feed
  public record Feeds(List<FeedLocation> locations, Duration interval) {
    /// Copies the list.
    public Feeds {
      locations = List.copyOf(locations);
    }
  }

  /// The audits to refresh and their interval.
  ///
  /// @param imports addresses by nickname
  /// @param interval the time between two requests to the same address
  /// @param online false to send no requests
  public record Audits(Map<String, URI> imports, Duration interval, boolean online) {
    /// Copies the map.
    public Audits {
      imports = Map.copyOf(imports);
    }
  }

  /// The rate limits of clients.
  ///
  /// @param token the rate of one token
  /// @param address the rate of one address without a valid token
  /// @param countReads whether requests that the store answers count
  /// @param submissionsPerHour requests for versions of one address without a token; 0 sets no
  ///   limit
  public record Limits(
      ClientRate token, ClientRate address, boolean countReads, int submissionsPerHour) {}

  /// The rate of one client.
  ///
  /// @param unitsPerSecond 0 sets no limit
  /// @param burst the units that it may use at once
  public record ClientRate(int unitsPerSecond, int burst) {}

  /// The records of requests for operators.
  ///
  /// @param traces the export of traces; null if there is none
  public record Observation(AccessLogSettings accessLog, @Nullable Traces traces) {}

  /// The export of traces.
  ///
  /// @param endpoint the address that receives spans by OTLP over HTTP
  /// @param headersFile the file with header fields of each export; null if there is none
  /// @param percent the share of recorded traces among those that begin here
  /// @param origin the place of the address, for messages
  public record Traces(
      URI endpoint, @Nullable Path headersFile, int percent, ConfigOrigin origin) {}

  /// The destination of the access log.
  ///
  /// @param file a path relative to the data folder, `stderr` or `off`
  public record AccessLogSettings(String file, AccessLogFormat format) {}

  /// Returns the form of the log, which is set up before everything else.
  public static LogFormat logFormat(ConfigSettings settings) {
    return settings.value(ServerConfigKeys.LOG_FORMAT);
  }

  /// The settings for requests to upstream.
  public record Fetch(
      UpstreamLocation location,
      boolean offline,
      @Nullable String artifacts,
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

  /// The lifetimes and sizes of caches and of the store.
  ///
  /// @param minFreeBytes the free disk space in bytes below which new artifacts are not stored
  /// @param retentionFile the file with rules for the removal of artifacts; null if there is none
  /// @param scrubRate the bytes of stored artifacts that are hashed in a second
  /// @param siteFileBytes the maximum size of all files of the site
  /// @param shared the store that several servers share; null if the store is in the data folder
  public record Cache(
      Duration indexTtl,
      Duration absentTtl,
      long indexMemory,
      long artifactMemory,
      long minFreeBytes,
      @Nullable Path retentionFile,
      long scrubRate,
      long siteFileBytes,
      @Nullable StoreSettings shared) {}

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

  /// The settings of what a site serves in addition to public crates.
  ///
  /// @param hosting the private registry
  /// @param toolchains toolchains for rustup
  /// @param gitSources Git dependencies
  /// @param documentation documentation of versions
  /// @param results signed inspection results
  public record Site(
      HostingSettings hosting,
      ToolchainSettings toolchains,
      GitSourceSettings gitSources,
      DocumentationSettings documentation,
      ResultSettings results) {
    /// Returns the origins of names that a client without a token may learn.
    ///
    /// @param all the origins, also those of private crates that no pattern names
    public NameOrigins announced(NameOrigins all) {
      return hosting.authRequired() ? hosting.patterns() : all;
    }
  }

  /// The addresses that receive events.
  ///
  /// @param urls addresses; empty if no events are sent
  /// @param secretFile file with the key of the signatures; null only if there are no addresses
  /// @param privateNames whether an event has private and reserved names
  /// @param giveUp the time after which one event is abandoned
  public record Webhooks(
      List<URI> urls,
      @Nullable Path secretFile,
      WebhookEvents events,
      List<String> privateHosts,
      boolean privateNames,
      Duration giveUp) {}

  /// Reads the configuration of a program that was started with a command line.
  ///
  /// @param arguments the options of the server, for example `--data-dir`, `/srv/lazaret`
  /// @param environment all environment variables
  /// @throws ConfigException if there are mistakes, naming all of them
  public static MirrorConfig read(List<String> arguments, Map<String, String> environment) {
    ServerCommandLine line = ServerCommandLine.parse(arguments);
    Path folder = Path.of("").toAbsolutePath();
    return of(ConfigSettings.read(new ConfigSettings.Sources(line, environment, folder)));
  }

  /// Builds the configuration from checked settings.
  public static MirrorConfig of(ConfigSettings settings) {
    return new MirrorConfig(
        settings.value(ConfigKeys.DATA_DIR),
        server(settings),
        fetch(settings),
        Policy.DEFAULT
            .withMode(settings.value(ConfigKeys.MODE))
            .withCooldowns(
                new Policy.Cooldowns(
                    settings.value(ConfigKeys.AUTOMATIC),
                    settings.value(ConfigKeys.COOLDOWN),
                    settings.value(ConfigKeys.BUILD_COOLDOWN),
                    Policy.Cooldowns.DEFAULT.fastLane())),
        settings.orNull(ConfigKeys.POLICY_FILE),
        new Cache(
            settings.value(ConfigKeys.INDEX_TTL),
            settings.value(ConfigKeys.ABSENT_TTL),
            settings.value(ConfigKeys.INDEX_MEMORY),
            settings.value(ConfigKeys.ARTIFACT_MEMORY),
            settings.value(ConfigKeys.MIN_FREE),
            settings.orNull(RetentionConfigKeys.ARTIFACTS),
            settings.value(RetentionConfigKeys.SCRUB_RATE),
            settings.value(StorageConfigKeys.SITE_FILES),
            StorageConfigKeys.settings(settings)),
        new GateSettings(
            settings.value(ConfigKeys.VETTING_WAIT),
            settings.value(ConfigKeys.STALE_WAIT),
            settings.value(ConfigKeys.RETRY_PAUSE),
            settings.value(ConfigKeys.SCRUB_INTERVAL),
            settings.value(ConfigKeys.REMOVAL_DELAY),
            settings.value(ConfigKeys.PARALLEL_DOWNLOADS),
            Math.toIntExact(settings.value(ConfigKeys.MAX_INDEX)),
            settings.value(ConfigKeys.MAX_UNPACKED),
            RetentionConfigKeys.options(settings)),
        FeedConfigKeys.plan(settings),
        AuditConfigKeys.plan(settings),
        FollowConfigKeys.settings(settings),
        new Webhooks(
            settings.value(WebhookConfigKeys.URLS).stream().map(URI::create).toList(),
            settings.orNull(WebhookConfigKeys.SECRET_FILE),
            settings.value(WebhookConfigKeys.EVENTS),
            settings.value(WebhookConfigKeys.PRIVATE_HOSTS),
            settings.value(WebhookConfigKeys.PRIVATE_NAMES),
            settings.value(WebhookConfigKeys.RETRY_FOR)),
        BundleConfigKeys.settings(settings),
        new Site(
            PrivateConfigKeys.hosting(settings),
            ToolchainConfigKeys.toolchains(settings),
            ToolchainConfigKeys.gitSources(settings),
            DocumentationConfigKeys.documentation(settings),
            DocumentationConfigKeys.results(settings)),
        settings.issuers());
  }

  private static Server server(ConfigSettings settings) {
    Path certificate = settings.orNull(ConfigKeys.TLS_CERTIFICATE);
    Path key = settings.orNull(ConfigKeys.TLS_KEY);
    return new Server(
        settings.value(ConfigKeys.LISTEN),
        settings.orNull(ConfigKeys.PUBLIC_URL),
        certificate == null || key == null ? null : new Tls(certificate, key),
        new Access(settings.value(ConfigKeys.AUTH_REQUIRED), SignInConfigKeys.settings(settings)),
        settings.value(ServerConfigKeys.HTTP2),
        new Connections(
            settings.value(ServerConfigKeys.MAX_CONNECTIONS),
            settings.value(ServerConfigKeys.IDLE_TIMEOUT),
            settings.value(ServerConfigKeys.HEAD_TIMEOUT),
            settings.value(ServerConfigKeys.STOP_TIMEOUT),
            AddressBlock.all(settings.value(ServerConfigKeys.TRUSTED_PROXIES)),
            LimitConfigKeys.limits(settings)),
        new Observation(
            new AccessLogSettings(
                settings.value(ConfigKeys.ACCESS_LOG),
                settings.value(ConfigKeys.ACCESS_LOG_FORMAT)),
            TraceConfigKeys.settings(settings)),
        socket(settings));
  }

  private static Socket socket(ConfigSettings settings) {
    Path named = settings.orNull(ServerConfigKeys.SOCKET);
    return new Socket(
        named == null ? settings.value(ConfigKeys.DATA_DIR).resolve(DataFolderFiles.SOCKET) : named,
        named != null,
        settings.orNull(ServerConfigKeys.SOCKET_GROUP),
        settings.orNull(DetonationConfigKeys.SOCKET));
  }

  private static Fetch fetch(ConfigSettings settings) {
    return new Fetch(
        settings.value(ConfigKeys.UPSTREAM),
        settings.value(ConfigKeys.OFFLINE),
        settings.orNull(ConfigKeys.FETCH_ARTIFACTS),
        settings.orNull(ConfigKeys.FETCH_CONTACT),
        new Network(
            settings.orNull(ConfigKeys.FETCH_PROXY),
            settings.orNull(ConfigKeys.FETCH_CA),
            settings.orNull(ConfigKeys.FETCH_TOKEN_FILE),
            settings.value(ConfigKeys.FETCH_PRIVATE_HOSTS),
            settings.value(ConfigKeys.FETCH_CONNECT_TIMEOUT),
            settings.value(ConfigKeys.FETCH_TIMEOUT)),
        new Budget(
            settings.value(ConfigKeys.FETCH_RATE), settings.value(ConfigKeys.FETCH_BYTES_PER_DAY)),
        settings.value(ConfigKeys.MAX_CRATE));
  }
}
