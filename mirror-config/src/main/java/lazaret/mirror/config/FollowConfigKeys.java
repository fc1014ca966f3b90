package lazaret.mirror.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.BiConsumer;
import lazaret.mirror.following.FollowSettings;
import lazaret.mirror.outbound.FileClient;
import lazaret.vetting.crates.CratesIo;
import lazaret.vetting.deskapi.store.FollowMode;
import org.jspecify.annotations.Nullable;

/// The keys under `[follow]`.
final class FollowConfigKeys {
  private static final String PUBLIC = "public";

  /// The least budget of a day that permits a dump.
  private static final long LEAST_WITH_DUMP = 4L << 30;

  /// The part of the limits of upstream that following uses at most, so that clients have the rest.
  private static final double PART = 3.0 / 8;

  /// The feeds have the releases of an hour.
  private static final Duration LONGEST_INTERVAL = Duration.ofMinutes(45);

  private static final Duration SHORTEST_INTERVAL = Duration.ofMinutes(1);

  static final ConfigKey<FollowMode> MODE =
      new ConfigKey<>(
          "follow.mode",
          ConfigValueType.choice(FollowMode.class),
          "off",
          null,
          "Keep stored crates current by the registry's feeds, and fetch artifacts ahead:"
              + " `lockfiles` those of known lockfiles and the newest served versions of their"
              + " crates, with what these require; `top` also the most used crates, up to"
              + " `follow.size`; `all` all served versions. Needs `fetch.contact`."
              + " `docs/following.md`.");
  static final ConfigKey<String> SOURCE =
      new ConfigKey<>(
          "follow.source",
          ConfigValueType.TEXT,
          null,
          null,
          "Address of the folder with `rss/updates.xml`, `rss/crates.xml` and `db-dump.tar.gz`, or"
              + " `public`. Without it: `public` if `upstream` is `crates.io`.");
  static final ConfigKey<Boolean> DUMP =
      new ConfigKey<>(
          "follow.dump",
          ConfigValueType.FLAG,
          "true",
          null,
          "Read the registry's daily dump, which has yanks, removed versions and the most used"
              + " crates.");
  static final ConfigKey<Duration> INTERVAL =
      new ConfigKey<>(
          "follow.interval",
          ConfigValueType.DURATION,
          "10m",
          null,
          "Interval between requests for the feeds, at most 45m: they have the releases of an"
              + " hour.");
  static final ConfigKey<Integer> RATE =
      new ConfigKey<>(
          "follow.requests-per-second",
          ConfigValueType.count(1, 1_000),
          "20",
          null,
          "Requests that following sends a second, without bursts: at most three eighths of"
              + " `fetch.requests-per-second`. The rest is for clients.");
  static final ConfigKey<Long> BYTES_PER_DAY =
      new ConfigKey<>(
          "follow.bytes-per-day",
          ConfigValueType.SIZE,
          "20GiB",
          null,
          "Limit of bytes that following receives per day: at most three eighths of"
              + " `fetch.bytes-per-day`; 0 sets no limit of its own. A dump takes 1 to 2 GiB.");
  static final ConfigKey<Long> SIZE =
      new ConfigKey<>(
          "follow.size",
          ConfigValueType.SIZE,
          "100GiB",
          null,
          "Size of the artifacts that the mode `top` fetches ahead, those of lockfiles included.");
  static final ConfigKey<Integer> PARALLEL =
      new ConfigKey<>(
          "follow.parallel",
          ConfigValueType.count(1, 8),
          "4",
          null,
          "Requests of following in progress at once.");
  static final ConfigKey<List<String>> LOCKFILES =
      new ConfigKey<>(
          "follow.lockfiles",
          ConfigValueType.TEXTS,
          "",
          null,
          "Lockfiles to watch: absolute paths of files, or of folders in which each `Cargo.lock` is"
              + " read, and addresses.");
  static final ConfigKey<Duration> LOCKFILES_INTERVAL =
      new ConfigKey<>(
          "follow.lockfiles-interval",
          ConfigValueType.DURATION,
          "1h",
          null,
          "Interval between two looks at `follow.lockfiles`.");

  /// All keys, in the order of the documentation.
  static final List<ConfigKey<?>> ALL =
      List.of(
          MODE,
          SOURCE,
          DUMP,
          INTERVAL,
          RATE,
          BYTES_PER_DAY,
          SIZE,
          PARALLEL,
          LOCKFILES,
          LOCKFILES_INTERVAL);

  private FollowConfigKeys() {}

  /// Collects the settings.
  static FollowSettings settings(ConfigSettings settings) {
    FollowMode mode = settings.value(MODE);
    return new FollowSettings(
        mode,
        mode == FollowMode.OFF ? null : source(settings),
        settings.value(DUMP),
        settings.value(INTERVAL),
        new FollowSettings.Limits(
            capped(settings.value(RATE), settings.value(ConfigKeys.FETCH_RATE)),
            (long)
                capped(
                    settings.value(BYTES_PER_DAY), settings.value(ConfigKeys.FETCH_BYTES_PER_DAY)),
            settings.value(SIZE),
            settings.value(PARALLEL)),
        settings.value(LOCKFILES),
        settings.value(LOCKFILES_INTERVAL));
  }

  /// Returns a limit of following, which is at most a part of that of upstream.
  ///
  /// @param own the limit of following; 0 sets none
  /// @param all the limit of upstream; 0 sets none
  private static double capped(double own, double all) {
    double part = all * PART;
    return part == 0 || (own > 0 && own < part) ? own : part;
  }

  /// Returns the address of the registry's files with a slash at its end; null if there is none or
  /// it cannot be used.
  private static @Nullable URI source(ConfigSettings settings) {
    String text = settings.orNull(SOURCE);
    boolean fromPublic =
        settings.value(ConfigKeys.UPSTREAM) instanceof UpstreamLocation.Registry registry
            && CratesIo.isIndex(registry.index().toString());
    if (text == null && !fromPublic) {
      return null;
    }
    if (text == null || text.equals(PUBLIC)) {
      return URI.create(CratesIo.FILES);
    }
    return address(text.endsWith("/") ? text : text + "/");
  }

  private static @Nullable URI address(String text) {
    try {
      URI address = new URI(text);
      return FileClient.isAddress(address) && address.getRawQuery() == null ? address : null;
    } catch (URISyntaxException _) {
      return null;
    }
  }

  /// Checks the keys against each other.
  ///
  /// @param mistake receives the key and the text of each mistake
  static void check(ConfigSettings settings, BiConsumer<ConfigKey<?>, String> mistake) {
    if (settings.value(MODE) == FollowMode.OFF) {
      return;
    }
    if (settings.value(ConfigKeys.OFFLINE)) {
      mistake.accept(MODE, "'follow.mode' needs an upstream, and 'offline' is set");
    }
    if (settings.value(ConfigKeys.UPSTREAM) instanceof UpstreamLocation.Folder) {
      mistake.accept(MODE, "'follow.mode' needs a registry, and 'upstream' is a folder");
    } else if (source(settings) == null) {
      mistake.accept(
          settings.orNull(SOURCE) == null ? MODE : SOURCE,
          "'follow.mode' needs 'follow.source': the address of the folder with the feeds of the"
              + " registry, without credentials and query");
    }
    if (settings.orNull(ConfigKeys.FETCH_CONTACT) == null) {
      mistake.accept(
          MODE, "'follow.mode' needs 'fetch.contact': the registry must be able to reach you");
    }
    Duration interval = settings.value(INTERVAL);
    if (interval.compareTo(SHORTEST_INTERVAL) < 0 || interval.compareTo(LONGEST_INTERVAL) > 0) {
      mistake.accept(INTERVAL, "'follow.interval' must be 1m to 45m");
    }
    if (settings.value(LOCKFILES_INTERVAL).compareTo(SHORTEST_INTERVAL) < 0) {
      mistake.accept(LOCKFILES_INTERVAL, "'follow.lockfiles-interval' must be at least 1m");
    }
    long bytes = settings.value(BYTES_PER_DAY);
    if (settings.value(DUMP) && bytes > 0 && bytes < LEAST_WITH_DUMP) {
      mistake.accept(
          BYTES_PER_DAY, "'follow.bytes-per-day' must be at least 4GiB with 'follow.dump', or 0");
    }
    settings.value(LOCKFILES).stream()
        .filter(place -> !isPlace(place))
        .forEach(
            place ->
                mistake.accept(
                    LOCKFILES,
                    "'follow.lockfiles' has '%s': expected an absolute path, or an http or https"
                            .formatted(ConfigSettings.shown(place))
                        + " address without credentials"));
  }

  private static boolean isPlace(String place) {
    try {
      return (place.startsWith("http://") || place.startsWith("https://"))
          ? FileClient.isAddress(new URI(place))
          : Path.of(place).isAbsolute();
    } catch (URISyntaxException | InvalidPathException _) {
      return false;
    }
  }
}
