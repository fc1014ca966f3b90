package lazaret.mirror.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import lazaret.vetting.policy.Policy;

/// The table of all keys. Parsing, validation, `--print-config`, `--help` and
/// `docs/configuration.md` use it.
public final class Keys {
  private Keys() {}

  static final Key<Path> DATA_DIR =
      new Key<>(
          "data-dir",
          KeyType.PATH,
          null,
          "--data-dir",
          "Folder of the store. Without it: `$XDG_DATA_HOME/lazaret`, else `~/.local/share/lazaret`.");
  static final Key<Endpoint> LISTEN =
      new Key<>(
          "listen",
          KeyType.ENDPOINT,
          "127.0.0.1:7080",
          "--listen",
          "Address to listen on. With port 0 the system chooses. An address other than loopback needs `public-url`.");
  static final Key<URI> PUBLIC_URL =
      new Key<>(
          "public-url",
          KeyType.ORIGIN,
          null,
          "--public-url",
          "Scheme, host and port under which clients reach the gate; download addresses are made"
              + " from it. Without it: the address of `listen`.");
  static final Key<UpstreamPlace> UPSTREAM =
      new Key<>(
          "upstream",
          KeyType.PLACE,
          KeyType.CRATES_IO,
          "--upstream",
          "Source of crates: `crates.io`, the index of another sparse registry or mirror, or a"
              + " folder with an index in the sparse layout (`./crates.io` for one of that name).");
  static final Key<Boolean> OFFLINE =
      new Key<>(
          "offline",
          KeyType.FLAG,
          "false",
          "--offline",
          "Send no requests to upstream: serve stored versions, respond with 503 for others.");
  static final Key<Policy.Mode> MODE =
      new Key<>(
          "mode",
          KeyType.choice(Policy.Mode.class),
          "enforce",
          "--mode",
          "`enforce` serves only vetted versions; `audit` also serves, and records, versions that policy or"
              + " cooldown would withhold. Denials, malware, wrong bytes and hostile archives are refused in both.");
  static final Key<Boolean> AUTH_REQUIRED =
      new Key<>(
          "auth-required",
          KeyType.FLAG,
          "false",
          null,
          "Require a token with the scope `read` for everything except the front page and health.");
  static final Key<Long> MIN_FREE =
      new Key<>(
          "min-free",
          KeyType.SIZE,
          "256MiB",
          null,
          "If the file system of the store has less free space than this, new artifacts are served but"
              + " not stored; below half of it, index files and records of use are not stored, below"
              + " a quarter feeds and notices. Decisions also use a reserve of an eighth of it (8 to"
              + " 16 MiB).");

  static final Key<Path> POLICY_FILE =
      new Key<>(
          "policy-file",
          KeyType.PATH,
          null,
          null,
          "Policy file (docs/policy.md). Its settings override `[policy]` here. It is read again"
              + " when it changes; while it has mistakes, the previous policy stays in force.");

  static final Key<Path> TLS_CERTIFICATE =
      new Key<>(
          "tls.certificate",
          KeyType.PATH,
          null,
          null,
          "PEM file with the certificate and its chain; enables TLS, with HTTP/2 by ALPN.");
  static final Key<Path> TLS_KEY =
      new Key<>("tls.key", KeyType.PATH, null, null, "PEM file with the private key (PKCS #8).");

  static final Key<Boolean> AUTOMATIC =
      new Key<>(
          "policy.automatic",
          KeyType.FLAG,
          "true",
          null,
          "`true`: a version is vetted if it is older than the cooldown and its checks are clean."
              + " `false`: approvals only.");
  static final Key<Duration> COOLDOWN =
      new Key<>(
          "policy.cooldown",
          KeyType.DURATION,
          "7d",
          null,
          "Cooldown of versions that were inspected and run no code at build time.");
  static final Key<Duration> BUILD_COOLDOWN =
      new Key<>(
          "policy.build-cooldown",
          KeyType.DURATION,
          "14d",
          null,
          "Cooldown of versions that have a build script, are a proc macro, or were not inspected yet.");

  static final Key<String> FETCH_ARTEFACTS =
      new Key<>(
          "fetch.artefacts",
          KeyType.TEXT,
          null,
          null,
          "Path of the artifacts of an upstream folder, with the five markers of `dl`; relative"
              + " to the folder. Without it: `crates/{crate}/{crate}-{version}.crate`.");
  static final Key<String> FETCH_CONTACT =
      new Key<>(
          "fetch.contact",
          KeyType.TEXT,
          null,
          null,
          "An e-mail address or URL for the User-Agent, so that upstream can reach you before it"
              + " blocks you.");
  static final Key<URI> FETCH_PROXY =
      new Key<>(
          "fetch.proxy",
          KeyType.URL,
          null,
          null,
          "HTTP proxy towards upstream. Without it: `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY`.");
  static final Key<Path> FETCH_CA =
      new Key<>(
          "fetch.ca",
          KeyType.PATH,
          null,
          null,
          "PEM file with CA certificates to trust for upstream, in addition to those of the system.");
  static final Key<Path> FETCH_TOKEN_FILE =
      new Key<>(
          "fetch.token-file",
          KeyType.PATH,
          null,
          null,
          "File with the token for an upstream that needs one. It is sent to no other origin.");
  static final Key<List<String>> FETCH_PRIVATE_HOSTS =
      new Key<>(
          "fetch.private-hosts",
          KeyType.TEXTS,
          "",
          null,
          "Hosts with private or loopback addresses that `dl` and redirects may lead to. The host"
              + " of `upstream` itself is always allowed.");
  static final Key<Integer> FETCH_RATE =
      new Key<>(
          "fetch.requests-per-second",
          KeyType.count(0, 100_000),
          "100",
          null,
          "Limit of requests to upstream per second; 0 means no limit.");
  static final Key<Long> FETCH_BYTES_PER_DAY =
      new Key<>(
          "fetch.bytes-per-day",
          KeyType.SIZE,
          "100GiB",
          null,
          "Limit of bytes from upstream per day; 0 means no limit.");
  static final Key<Duration> FETCH_CONNECT_TIMEOUT =
      new Key<>(
          "fetch.connect-timeout",
          KeyType.DURATION,
          "10s",
          null,
          "Time limit for opening a connection to upstream.");
  static final Key<Duration> FETCH_TIMEOUT =
      new Key<>(
          "fetch.timeout",
          KeyType.DURATION,
          "30s",
          null,
          "Time limit for a response of upstream, and for a pause within a body.");

  static final Key<Duration> INDEX_TTL =
      new Key<>(
          "cache.index-ttl",
          KeyType.DURATION,
          "10m",
          null,
          "Time for which a confirmed index file is served without a request to upstream.");
  static final Key<Duration> ABSENT_TTL =
      new Key<>(
          "cache.absent-ttl",
          KeyType.DURATION,
          "5m",
          null,
          "Time for which \"no such crate\" is remembered.");
  static final Key<Long> INDEX_MEMORY =
      new Key<>("cache.index-memory", KeyType.SIZE, "64MiB", null, "Heap for index files.");
  static final Key<Long> ARTEFACT_MEMORY =
      new Key<>("cache.artefact-memory", KeyType.SIZE, "96MiB", null, "Heap for artifacts.");

  static final Key<Duration> VETTING_WAIT =
      new Key<>(
          "gate.vetting-wait",
          KeyType.DURATION,
          "20s",
          null,
          "Time for which a download waits while the version is fetched and inspected, before the"
              + " response is 503; cargo gives up at 30 s.");
  static final Key<Duration> STALE_WAIT =
      new Key<>(
          "gate.stale-wait",
          KeyType.DURATION,
          "2s",
          null,
          "Time for which an index request waits for upstream before it gets the stored file.");
  static final Key<Duration> RETRY_PAUSE =
      new Key<>(
          "gate.retry-pause",
          KeyType.DURATION,
          "30s",
          null,
          "Time without requests to upstream about one crate after a failure.");
  static final Key<Duration> SCRUB_INTERVAL =
      new Key<>(
          "gate.scrub-interval",
          KeyType.DURATION,
          "24h",
          null,
          "Interval in which every stored artifact is hashed again.");
  static final Key<Duration> REMOVAL_DELAY =
      new Key<>(
          "gate.removal-delay",
          KeyType.DURATION,
          "1h",
          null,
          "Time after which a second request confirms that upstream stopped listing a version.");
  static final Key<Integer> PARALLEL_DOWNLOADS =
      new Key<>(
          "gate.parallel-downloads",
          KeyType.count(1, 1_000),
          "16",
          null,
          "Artifacts fetched and inspected at once.");
  static final Key<Long> MAX_INDEX =
      new Key<>(
          "gate.max-index",
          KeyType.SIZE,
          "64MiB",
          null,
          "Size limit of index files that are read.");
  static final Key<Long> MAX_CRATE =
      new Key<>(
          "gate.max-crate",
          KeyType.SIZE,
          "256MiB",
          null,
          "Size limit of artifacts that are fetched.");
  static final Key<Long> MAX_UNPACKED =
      new Key<>(
          "gate.max-unpacked",
          KeyType.SIZE,
          "512MiB",
          null,
          "Size limit of decompressed archives that are inspected; a larger one counts as hostile.");

  static final Key<String> ACCESS_LOG =
      new Key<>(
          "access-log.file",
          KeyType.TEXT,
          "access.log",
          null,
          "File of the access log, relative to `data-dir`; `stderr` or `off` instead of a file. It is"
              + " rotated at 64 MiB, and four old files are kept.");
  static final Key<AccessLogFormat> ACCESS_LOG_FORMAT =
      new Key<>(
          "access-log.format",
          KeyType.choice(AccessLogFormat.class),
          "json",
          null,
          "`json`: one object per line; `common`: the form of the Common Log Format.");

  /// All keys, in the order of the documentation.
  public static final List<Key<?>> ALL =
      Stream.of(
              own(),
              FeedKeys.ALL,
              AuditKeys.ALL,
              WebhookKeys.ALL,
              BundleKeys.ALL,
              RetentionKeys.ALL)
          .<Key<?>>flatMap(List::stream)
          .toList();

  private static List<Key<?>> own() {
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
        FETCH_ARTEFACTS,
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
        ARTEFACT_MEMORY,
        VETTING_WAIT,
        STALE_WAIT,
        RETRY_PAUSE,
        SCRUB_INTERVAL,
        REMOVAL_DELAY,
        PARALLEL_DOWNLOADS,
        MAX_INDEX,
        MAX_CRATE,
        MAX_UNPACKED,
        ServerKeys.HTTP2,
        ServerKeys.MAX_CONNECTIONS,
        ServerKeys.IDLE_TIMEOUT,
        ServerKeys.HEAD_TIMEOUT,
        ServerKeys.TRUSTED_PROXIES,
        ServerKeys.STOP_TIMEOUT,
        ServerKeys.SOCKET,
        ServerKeys.SOCKET_GROUP,
        ServerKeys.LOG_FORMAT,
        ACCESS_LOG,
        ACCESS_LOG_FORMAT);
  }

  /// Finds a key by its name.
  public static Optional<Key<?>> named(String name) {
    return ALL.stream().filter(k -> k.name().equals(name)).findFirst();
  }
}
