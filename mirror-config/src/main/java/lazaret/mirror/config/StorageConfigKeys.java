package lazaret.mirror.config;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.BiConsumer;
import lazaret.storage.objects.ObjectStoreSettings;
import lazaret.storage.provider.StoreSettings;
import lazaret.vetting.ProductVersion;
import org.jspecify.annotations.Nullable;

/// The keys under `[storage]`, `[cluster]` and `[site-files]`.
final class StorageConfigKeys {
  private static final Path HOST_NAME = Path.of("/proc/sys/kernel/hostname");
  private static final Duration LEAST_STALENESS = Duration.ofMillis(250);
  private static final Duration MOST_STALENESS = Duration.ofMinutes(1);
  private static final Duration LEAST_GRACE = Duration.ofHours(1);

  private StorageConfigKeys() {}

  /// The engines of a store.
  enum Engine {
    /// A database in the data folder, which one server has.
    ROCKSDB,
    /// PostgreSQL and a store of objects, which several servers share.
    POSTGRES
  }

  static final ConfigKey<Engine> ENGINE =
      new ConfigKey<>(
          "storage.engine",
          ConfigValueType.choice(Engine.class),
          "rocksdb",
          null,
          "`rocksdb` keeps all data in `data-dir`; `postgres` keeps them in PostgreSQL and a store"
              + " of objects, which several servers share. Needs the plug-ins of the cluster."
              + " `docs/cluster.md`.");
  static final ConfigKey<List<String>> HOSTS =
      new ConfigKey<>(
          "storage.postgres.hosts",
          ConfigValueType.TEXTS,
          "",
          null,
          "Servers of the database as `HOST` or `HOST:PORT`, or poolers in front of them; the"
              + " primary among them is used.");
  static final ConfigKey<String> DATABASE =
      new ConfigKey<>(
          "storage.postgres.database",
          ConfigValueType.TEXT,
          "lazaret",
          null,
          "Name of the database.");
  static final ConfigKey<String> USER =
      new ConfigKey<>(
          "storage.postgres.user",
          ConfigValueType.TEXT,
          "lazaret",
          null,
          "Role of the database, which owns the schema `lazaret` or may create it.");
  static final ConfigKey<Path> PASSWORD_FILE =
      new ConfigKey<>(
          "storage.postgres.password-file",
          ConfigValueType.PATH,
          null,
          null,
          "File with one line: the password of that role. It is read at each connection.");
  static final ConfigKey<Boolean> TLS =
      new ConfigKey<>(
          "storage.postgres.tls",
          ConfigValueType.FLAG,
          "true",
          null,
          "Connect by TLS, and verify that the certificate names the host. `false` is for servers"
              + " on a loopback address.");
  static final ConfigKey<Path> CA_FILE =
      new ConfigKey<>(
          "storage.postgres.ca-file",
          ConfigValueType.PATH,
          null,
          null,
          "PEM file with the certificates of the authorities of the database. Without it: those of"
              + " the Java runtime.");
  static final ConfigKey<Integer> CONNECTIONS =
      new ConfigKey<>(
          "storage.postgres.connections",
          ConfigValueType.count(2, 200),
          "8",
          null,
          "Limit of connections to the database for reads and writes. A server has up to five"
              + " more.");
  static final ConfigKey<Boolean> ACCEPT_LOSS =
      new ConfigKey<>(
          "storage.postgres.accept-loss",
          ConfigValueType.FLAG,
          "false",
          null,
          "Accept that a promotion loses decisions: the database may have a standby for which its"
              + " commits do not wait.");
  static final ConfigKey<Boolean> MIGRATE =
      new ConfigKey<>(
          "storage.postgres.migrate",
          ConfigValueType.FLAG,
          "true",
          null,
          "Let a start add to the schema what this program needs; servers of the release before go"
              + " on. `false`: refuse to start until `vetting-cli store migrate` did it.");
  static final ConfigKey<URI> ENDPOINT =
      new ConfigKey<>(
          "storage.s3.endpoint",
          ConfigValueType.ORIGIN,
          null,
          null,
          "Scheme, host and port of the store of objects. Without it: the public endpoint of the"
              + " region.");
  static final ConfigKey<String> REGION =
      new ConfigKey<>(
          "storage.s3.region",
          ConfigValueType.TEXT,
          "us-east-1",
          null,
          "Region that signatures name.");
  static final ConfigKey<String> BUCKET =
      new ConfigKey<>(
          "storage.s3.bucket", ConfigValueType.TEXT, null, null, "Bucket, which exists.");
  static final ConfigKey<String> PREFIX =
      new ConfigKey<>(
          "storage.s3.prefix",
          ConfigValueType.TEXT,
          null,
          null,
          "Beginning of all keys, with a slash at its end. Each cluster needs one of its own.");
  static final ConfigKey<Boolean> PATH_STYLE =
      new ConfigKey<>(
          "storage.s3.path-style",
          ConfigValueType.FLAG,
          "true",
          null,
          "Name the bucket in the path, and not in the host.");
  static final ConfigKey<Path> CREDENTIALS_FILE =
      new ConfigKey<>(
          "storage.s3.credentials-file",
          ConfigValueType.PATH,
          null,
          null,
          "File in the form of `~/.aws/credentials`, of which the profile `default` is used."
              + " Without it: the credentials of the environment.");
  static final ConfigKey<Duration> TIMEOUT =
      new ConfigKey<>(
          "storage.s3.timeout",
          ConfigValueType.DURATION,
          "10s",
          null,
          "Time limit for a connection to the store of objects, and for a pause of its answer.");
  static final ConfigKey<Duration> GRACE =
      new ConfigKey<>(
          "storage.s3.grace",
          ConfigValueType.DURATION,
          "24h",
          null,
          "Time after which an object that no artifact needs is deleted, at least 1h.");
  static final ConfigKey<String> NAME =
      new ConfigKey<>(
          "cluster.name",
          ConfigValueType.TEXT,
          null,
          null,
          "Name of this server among those that share the store: letters, digits, `.`, `_` and"
              + " `-`. Without it: the name of the machine.");
  static final ConfigKey<Duration> MAX_STALENESS =
      new ConfigKey<>(
          "cluster.max-staleness",
          ConfigValueType.DURATION,
          "1s",
          null,
          "Age of the knowledge of the other servers at which this one stops serving: 250ms to 1m,"
              + " the same on all. A denial is in force everywhere by then.");

  static final ConfigKey<Long> SITE_FILES =
      new ConfigKey<>(
          "site-files.max-size",
          ConfigValueType.SIZE,
          "20GiB",
          null,
          "Size limit of all toolchains, sources of Git dependencies, pages of documentation and"
              + " releases together. `min-free` stays free besides.");

  static final List<ConfigKey<?>> ALL =
      List.of(
          ENGINE,
          HOSTS,
          DATABASE,
          USER,
          PASSWORD_FILE,
          TLS,
          CA_FILE,
          CONNECTIONS,
          ACCEPT_LOSS,
          MIGRATE,
          ENDPOINT,
          REGION,
          BUCKET,
          PREFIX,
          PATH_STYLE,
          CREDENTIALS_FILE,
          TIMEOUT,
          GRACE,
          NAME,
          MAX_STALENESS,
          SITE_FILES);

  private static boolean isShared(ConfigSettings settings) {
    return settings.value(ENGINE) == Engine.POSTGRES;
  }

  /// Returns the settings of the store that several servers share; null if the store is in the data
  /// folder.
  static @Nullable StoreSettings settings(ConfigSettings settings) {
    if (!isShared(settings)) {
      return null;
    }
    return new StoreSettings(
        new StoreSettings.Node(
            nodeName(settings),
            ProductVersion.of(StorageConfigKeys.class),
            settings.value(ConfigKeys.DATA_DIR),
            settings.value(MAX_STALENESS)),
        new StoreSettings.Database(
            settings.value(HOSTS),
            settings.value(DATABASE),
            new StoreSettings.Login(settings.value(USER), settings.orNull(PASSWORD_FILE)),
            new StoreSettings.Transport(settings.value(TLS), settings.orNull(CA_FILE)),
            settings.value(CONNECTIONS),
            settings.value(ACCEPT_LOSS),
            settings.value(MIGRATE)),
        new ObjectStoreSettings(
            settings.orNull(ENDPOINT),
            settings.value(REGION),
            settings.value(BUCKET),
            Objects.requireNonNullElse(settings.orNull(PREFIX), ""),
            settings.value(PATH_STYLE),
            settings.orNull(CREDENTIALS_FILE),
            settings.value(TIMEOUT)),
        settings.value(GRACE));
  }

  /// Returns the name of the node: the configured one, or that of the machine in its form.
  private static String nodeName(ConfigSettings settings) {
    String named = settings.orNull(NAME);
    if (named != null) {
      return named;
    }
    try {
      String machine =
          Files.readString(HOST_NAME)
              .strip()
              .replaceAll("[^A-Za-z0-9._-]", "-")
              .replaceAll("^[^A-Za-z0-9]+", "");
      return machine.substring(0, Math.min(50, machine.length()));
    } catch (IOException _) {
      // The check asks for a name.
      return "";
    }
  }

  /// Checks the keys of a store that several servers share.
  ///
  /// @param mistake receives a key and a text
  static void check(ConfigSettings settings, BiConsumer<ConfigKey<?>, String> mistake) {
    if (!isShared(settings)) {
      return;
    }
    if (settings.value(HOSTS).isEmpty()) {
      mistake.accept(HOSTS, "'storage.engine' is postgres: set 'storage.postgres.hosts'");
    }
    for (String host : settings.value(HOSTS)) {
      if (!settings.value(TLS) && !isLoopback(host)) {
        mistake.accept(
            TLS,
            ("'storage.postgres.tls' is false, and '%s' is not a loopback address: the password and"
                    + " all data could be read and changed on the way")
                .formatted(host));
      }
    }
    if (settings.orNull(BUCKET) == null) {
      mistake.accept(BUCKET, "'storage.engine' is postgres: set 'storage.s3.bucket'");
    }
    String prefix = settings.orNull(PREFIX);
    if (prefix != null && !prefix.endsWith("/")) {
      mistake.accept(
          PREFIX,
          "'storage.s3.prefix' is '%s': expected a slash at its end"
              .formatted(ConfigSettings.shown(prefix)));
    }
    for (ConfigKey<Path> key : List.of(PASSWORD_FILE, CA_FILE, CREDENTIALS_FILE)) {
      Path file = settings.orNull(key);
      if (file != null && !Files.isReadable(file)) {
        mistake.accept(
            key,
            "'%s' is '%s': there is no such file, or it cannot be read"
                .formatted(key.name(), file));
      }
    }
    checkNode(settings, mistake);
  }

  private static void checkNode(ConfigSettings settings, BiConsumer<ConfigKey<?>, String> mistake) {
    if (!StoreSettings.isNodeName(nodeName(settings))) {
      mistake.accept(
          NAME,
          "'cluster.name' is '%s': expected 1 to 50 letters, digits, '.', '_' or '-'"
              .formatted(ConfigSettings.shown(nodeName(settings))));
    }
    Duration staleness = settings.value(MAX_STALENESS);
    if (staleness.compareTo(LEAST_STALENESS) < 0 || staleness.compareTo(MOST_STALENESS) > 0) {
      mistake.accept(MAX_STALENESS, "'cluster.max-staleness' must be 250ms to 1m");
    }
    if (settings.value(GRACE).compareTo(LEAST_GRACE) < 0) {
      mistake.accept(GRACE, "'storage.s3.grace' must be at least 1h");
    }
    if (settings.value(TIMEOUT).isZero()) {
      mistake.accept(TIMEOUT, "'storage.s3.timeout' must be longer than 0");
    }
  }

  private static boolean isLoopback(String host) {
    String name = host.toLowerCase(Locale.ROOT);
    return name.matches("(?:localhost|127(?:\\.[0-9]+){3}|\\[::1])(?::[0-9]+)?");
  }
}
