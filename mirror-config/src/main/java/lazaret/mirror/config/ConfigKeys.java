package lazaret.mirror.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import lazaret.vetting.policy.Policy;

/// The table of all keys. Parsing, validation, `--print-config`, `--help` and
/// `docs/configuration.md` use it.
public final class ConfigKeys {
  private ConfigKeys() {}

  static final ConfigKey<Path> DATA_DIR =
      new ConfigKey<>(
          "data-dir",
          ConfigValueType.PATH,
          null,
          "--data-dir",
          "Folder of the store. Without it: `$XDG_DATA_HOME/lazaret`, else"
              + " `~/.local/share/lazaret`.");
  static final ConfigKey<Endpoint> LISTEN =
      new ConfigKey<>(
          "listen",
          ConfigValueType.ENDPOINT,
          "127.0.0.1:7080",
          "--listen",
          "Address to listen on. With port 0 the system chooses. An address other than loopback"
              + " needs `public-url`.");
  static final ConfigKey<URI> PUBLIC_URL =
      new ConfigKey<>(
          "public-url",
          ConfigValueType.ORIGIN,
          null,
          "--public-url",
          "Scheme, host and port under which clients reach the gate; download addresses are made"
              + " from it. Without it: the address of `listen`.");
  static final ConfigKey<UpstreamLocation> UPSTREAM =
      new ConfigKey<>(
          "upstream",
          ConfigValueType.PLACE,
          ConfigValueType.CRATES_IO,
          "--upstream",
          "Source of crates: `crates.io`, the index of another sparse registry or mirror, or a"
              + " folder with an index in the sparse layout (`./crates.io` for one of that name).");
  static final ConfigKey<Boolean> OFFLINE =
      new ConfigKey<>(
          "offline",
          ConfigValueType.FLAG,
          "false",
          "--offline",
          "Send no requests to upstream: serve stored versions, respond with 503 for others.");
  static final ConfigKey<Policy.Mode> MODE =
      new ConfigKey<>(
          "mode",
          ConfigValueType.choice(Policy.Mode.class),
          "enforce",
          "--mode",
          "`enforce` serves only vetted versions; `audit` also serves, and records, versions that"
              + " policy or cooldown would withhold. Denials, malware, wrong bytes and hostile"
              + " archives are refused in both.");
  static final ConfigKey<Boolean> AUTH_REQUIRED =
      new ConfigKey<>(
          "auth-required",
          ConfigValueType.FLAG,
          "false",
          null,
          "Require a token with the role `reader` for everything except the front page and"
              + " health.");
  static final ConfigKey<Long> MIN_FREE =
      new ConfigKey<>(
          "min-free",
          ConfigValueType.SIZE,
          "256MiB",
          null,
          "If the file system of the store has less free space than this, new artifacts are served"
              + " but not stored; below half of it, index files and records of use are not stored,"
              + " below a quarter feeds and notices. Decisions also use a reserve of an eighth of"
              + " it (8 to 16 MiB).");

  static final ConfigKey<Path> POLICY_FILE =
      new ConfigKey<>(
          "policy-file",
          ConfigValueType.PATH,
          null,
          null,
          "Policy file (docs/policy.md). Its settings override `[policy]` here. It is read again"
              + " when it changes; while it has mistakes, the previous policy stays in force.");

  static final ConfigKey<Path> TLS_CERTIFICATE =
      new ConfigKey<>(
          "tls.certificate",
          ConfigValueType.PATH,
          null,
          null,
          "PEM file with the certificate and its chain; enables TLS, with HTTP/2 by ALPN. A new"
              + " certificate with its key is in use 10 s later, without a restart.");
  static final ConfigKey<Path> TLS_KEY =
      new ConfigKey<>(
          "tls.key", ConfigValueType.PATH, null, null, "PEM file with the private key (PKCS #8).");

  static final ConfigKey<Boolean> AUTOMATIC =
      new ConfigKey<>(
          "policy.automatic",
          ConfigValueType.FLAG,
          "true",
          null,
          "`true`: a version is vetted if it is older than the cooldown and its checks are clean."
              + " `false`: approvals only.");
  static final ConfigKey<Duration> COOLDOWN =
      new ConfigKey<>(
          "policy.cooldown",
          ConfigValueType.DURATION,
          "7d",
          null,
          "Cooldown of versions that were inspected and run no code at build time.");
  static final ConfigKey<Duration> BUILD_COOLDOWN =
      new ConfigKey<>(
          "policy.build-cooldown",
          ConfigValueType.DURATION,
          "14d",
          null,
          "Cooldown of versions that have a build script, are a proc macro, or were not inspected"
              + " yet.");

  static final ConfigKey<String> FETCH_ARTIFACTS =
      new ConfigKey<>(
          "fetch.artifacts",
          ConfigValueType.TEXT,
          null,
          null,
          "Path of the artifacts of an upstream folder, with the five markers of `dl`; relative"
              + " to the folder. Without it: `crates/{crate}/{crate}-{version}.crate`.");
  static final ConfigKey<String> FETCH_CONTACT =
      new ConfigKey<>(
          "fetch.contact",
          ConfigValueType.TEXT,
          null,
          null,
          "An e-mail address or URL for the User-Agent, so that upstream can reach you before it"
              + " blocks you.");
  static final ConfigKey<URI> FETCH_PROXY =
      new ConfigKey<>(
          "fetch.proxy",
          ConfigValueType.URL,
          null,
          null,
          "HTTP proxy towards upstream. Without it: `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY`.");
  static final ConfigKey<Path> FETCH_CA =
      new ConfigKey<>(
          "fetch.ca",
          ConfigValueType.PATH,
          null,
          null,
          "PEM file with CA certificates to trust for upstream, in addition to those of the Java"
              + " runtime. A package has those of Mozilla; the file of the machine is"
              + " `/etc/ssl/certs/ca-certificates.crt`.");
  static final ConfigKey<Path> FETCH_TOKEN_FILE =
      new ConfigKey<>(
          "fetch.token-file",
          ConfigValueType.PATH,
          null,
          null,
          "File with the token for an upstream that needs one. It is sent to no other origin.");
  static final ConfigKey<List<String>> FETCH_PRIVATE_HOSTS =
      new ConfigKey<>(
          "fetch.private-hosts",
          ConfigValueType.TEXTS,
          "",
          null,
          "Hosts with private or loopback addresses that `dl` and redirects may lead to. The host"
              + " of `upstream` itself is always allowed.");
  static final ConfigKey<Integer> FETCH_RATE =
      new ConfigKey<>(
          "fetch.requests-per-second",
          ConfigValueType.count(0, 100_000),
          "100",
          null,
          "Limit of requests to upstream per second; 0 means no limit.");
  static final ConfigKey<Long> FETCH_BYTES_PER_DAY =
      new ConfigKey<>(
          "fetch.bytes-per-day",
          ConfigValueType.SIZE,
          "100GiB",
          null,
          "Limit of bytes from upstream per day; 0 means no limit.");
  static final ConfigKey<Duration> FETCH_CONNECT_TIMEOUT =
      new ConfigKey<>(
          "fetch.connect-timeout",
          ConfigValueType.DURATION,
          "10s",
          null,
          "Time limit for opening a connection to upstream.");
  static final ConfigKey<Duration> FETCH_TIMEOUT =
      new ConfigKey<>(
          "fetch.timeout",
          ConfigValueType.DURATION,
          "30s",
          null,
          "Time limit for a response of upstream, and for a pause within a body.");

  static final ConfigKey<Duration> INDEX_TTL =
      new ConfigKey<>(
          "cache.index-ttl",
          ConfigValueType.DURATION,
          "10m",
          null,
          "Time for which a confirmed index file is served without a request to upstream.");
  static final ConfigKey<Duration> ABSENT_TTL =
      new ConfigKey<>(
          "cache.absent-ttl",
          ConfigValueType.DURATION,
          "5m",
          null,
          "Time for which \"no such crate\" is remembered.");
  static final ConfigKey<Long> INDEX_MEMORY =
      new ConfigKey<>(
          "cache.index-memory", ConfigValueType.SIZE, "64MiB", null, "Heap for index files.");
  static final ConfigKey<Long> ARTIFACT_MEMORY =
      new ConfigKey<>(
          "cache.artifact-memory", ConfigValueType.SIZE, "96MiB", null, "Heap for artifacts.");

  static final ConfigKey<Duration> VETTING_WAIT =
      new ConfigKey<>(
          "gate.vetting-wait",
          ConfigValueType.DURATION,
          "20s",
          null,
          "Time for which a download waits while the version is fetched and inspected, before the"
              + " response is 503; cargo gives up at 30 s.");
  static final ConfigKey<Duration> STALE_WAIT =
      new ConfigKey<>(
          "gate.stale-wait",
          ConfigValueType.DURATION,
          "2s",
          null,
          "Time for which an index request waits for upstream before it gets the stored file.");
  static final ConfigKey<Duration> RETRY_PAUSE =
      new ConfigKey<>(
          "gate.retry-pause",
          ConfigValueType.DURATION,
          "30s",
          null,
          "Time without requests to upstream about one crate after a failure.");
  static final ConfigKey<Duration> SCRUB_INTERVAL =
      new ConfigKey<>(
          "gate.scrub-interval",
          ConfigValueType.DURATION,
          "24h",
          null,
          "Interval in which every stored artifact is hashed again, if `retention.scrub-rate`"
              + " suffices.");
  static final ConfigKey<Duration> REMOVAL_DELAY =
      new ConfigKey<>(
          "gate.removal-delay",
          ConfigValueType.DURATION,
          "1h",
          null,
          "Time after which a second request confirms that upstream stopped listing a version.");
  static final ConfigKey<Integer> PARALLEL_DOWNLOADS =
      new ConfigKey<>(
          "gate.parallel-downloads",
          ConfigValueType.count(1, 1_000),
          "16",
          null,
          "Artifacts fetched and inspected at once.");
  static final ConfigKey<Long> MAX_INDEX =
      new ConfigKey<>(
          "gate.max-index",
          ConfigValueType.SIZE,
          "64MiB",
          null,
          "Size limit of index files that are read.");
  static final ConfigKey<Long> MAX_CRATE =
      new ConfigKey<>(
          "gate.max-crate",
          ConfigValueType.SIZE,
          "256MiB",
          null,
          "Size limit of artifacts that are fetched.");
  static final ConfigKey<Long> MAX_UNPACKED =
      new ConfigKey<>(
          "gate.max-unpacked",
          ConfigValueType.SIZE,
          "512MiB",
          null,
          "Size limit of decompressed archives that are inspected; a larger one counts as"
              + " hostile.");

  static final ConfigKey<String> ACCESS_LOG =
      new ConfigKey<>(
          "access-log.file",
          ConfigValueType.TEXT,
          "access.log",
          null,
          "File of the access log, relative to `data-dir`; `stderr` or `off` instead of a file. It"
              + " is rotated at 64 MiB, and four old files are kept.");
  static final ConfigKey<AccessLogFormat> ACCESS_LOG_FORMAT =
      new ConfigKey<>(
          "access-log.format",
          ConfigValueType.choice(AccessLogFormat.class),
          "json",
          null,
          "`json`: one object per line, with the id of the trace; `common`: the Common Log Format;"
              + " `combined`: the same with referrer and user agent.");

  /// All keys, in the order of the documentation.
  public static final List<ConfigKey<?>> ALL =
      Stream.of(
              own(),
              StorageConfigKeys.ALL,
              TraceConfigKeys.ALL,
              LimitConfigKeys.ALL,
              FeedConfigKeys.ALL,
              AuditConfigKeys.ALL,
              FollowConfigKeys.ALL,
              WebhookConfigKeys.ALL,
              SignInConfigKeys.ALL,
              BundleConfigKeys.ALL,
              DetonationConfigKeys.ALL,
              RetentionConfigKeys.ALL,
              PrivateConfigKeys.ALL,
              ToolchainConfigKeys.ALL,
              DocumentationConfigKeys.ALL)
          .<ConfigKey<?>>flatMap(List::stream)
          .toList();

  private static List<ConfigKey<?>> own() {
    return List.of(
        DATA_DIR,
        LISTEN,
        PUBLIC_URL,
        UPSTREAM,
        OFFLINE,
        MODE,
        AUTH_REQUIRED,
        MIN_FREE,
        POLICY_FILE,
        TLS_CERTIFICATE,
        TLS_KEY,
        AUTOMATIC,
        COOLDOWN,
        BUILD_COOLDOWN,
        FETCH_ARTIFACTS,
        FETCH_CONTACT,
        FETCH_PROXY,
        FETCH_CA,
        FETCH_TOKEN_FILE,
        FETCH_PRIVATE_HOSTS,
        FETCH_RATE,
        FETCH_BYTES_PER_DAY,
        FETCH_CONNECT_TIMEOUT,
        FETCH_TIMEOUT,
        INDEX_TTL,
        ABSENT_TTL,
        INDEX_MEMORY,
        ARTIFACT_MEMORY,
        VETTING_WAIT,
        STALE_WAIT,
        RETRY_PAUSE,
        SCRUB_INTERVAL,
        REMOVAL_DELAY,
        PARALLEL_DOWNLOADS,
        MAX_INDEX,
        MAX_CRATE,
        MAX_UNPACKED,
        ServerConfigKeys.HTTP2,
        ServerConfigKeys.MAX_CONNECTIONS,
        ServerConfigKeys.IDLE_TIMEOUT,
        ServerConfigKeys.HEAD_TIMEOUT,
        ServerConfigKeys.TRUSTED_PROXIES,
        ServerConfigKeys.STOP_TIMEOUT,
        ServerConfigKeys.SOCKET,
        ServerConfigKeys.SOCKET_GROUP,
        ServerConfigKeys.LOG_FORMAT,
        ACCESS_LOG,
        ACCESS_LOG_FORMAT);
  }

  /// The former names of keys, each with the key of today. A former name works in the file and as a
  /// variable, with a warning; it has no option.
  static final Map<String, ConfigKey<?>> FORMER =
      Map.of(
          "fetch.artefacts",
          FETCH_ARTIFACTS,
          "cache.artefact-memory",
          ARTIFACT_MEMORY,
          "bundles.scan-patience",
          BundleConfigKeys.SCAN_TIMEOUT,
          "webhooks.give-up",
          WebhookConfigKeys.RETRY_FOR);

  /// Finds a key by its name.
  public static Optional<ConfigKey<?>> named(String name) {
    return ALL.stream().filter(k -> k.name().equals(name)).findFirst();
  }
}
