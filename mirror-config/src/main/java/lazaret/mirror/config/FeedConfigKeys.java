package lazaret.mirror.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lazaret.vetting.advisory.FeedFormat;
import lazaret.vetting.crates.CratesIo;
import lazaret.vetting.gate.feeds.FeedLocation;

/// The keys under `[feeds]`.
final class FeedConfigKeys {
  private static final String PUBLIC = "public";
  private static final String OFF = "off";

  private FeedConfigKeys() {}

  static final ConfigKey<String> OSV =
      new ConfigKey<>(
          "feeds.osv",
          ConfigValueType.TEXT,
          null,
          null,
          "Source of OSV records: `public` (the public dump of this ecosystem), an address, a"
              + " path, or `off`. Without it: `public` if `upstream` is `crates.io`, else `off`.");
  static final ConfigKey<String> RUSTSEC =
      new ConfigKey<>(
          "feeds.rustsec",
          ConfigValueType.TEXT,
          null,
          null,
          "Source of RustSec's advisory database: `public`, the address of a `.tar.gz` or"
              + " `.zip`, the path of one or of a checkout, or `off`. Without it: as `feeds.osv`.");
  static final ConfigKey<String> OPENSSF =
      new ConfigKey<>(
          "feeds.openssf",
          ConfigValueType.TEXT,
          "off",
          null,
          "Source of OpenSSF's malicious-package records, if they do not come with `feeds.osv`, as they do"
              + " in the public dump: an address or path, or `off`.");
  static final ConfigKey<String> LOCAL =
      new ConfigKey<>(
          "feeds.local",
          ConfigValueType.TEXT,
          "off",
          null,
          "Source of a list of your own: an address or path, or `off`. `docs/feeds.md` has its form.");
  static final ConfigKey<Duration> REFRESH =
      new ConfigKey<>(
          "feeds.refresh",
          ConfigValueType.DURATION,
          "6h",
          null,
          "Interval between refreshes of each feed; with `offline` only of those on a disk.");

  static final List<ConfigKey<?>> ALL = List.of(OSV, RUSTSEC, OPENSSF, LOCAL, REFRESH);

  /// Collects the settings of the feeds. With `offline`, only feeds on a disk remain.
  static MirrorConfig.Feeds plan(ConfigSettings settings) {
    boolean online = !settings.value(ConfigKeys.OFFLINE);
    boolean fromPublic =
        settings.value(ConfigKeys.UPSTREAM) instanceof UpstreamLocation.Registry registry
            && CratesIo.isIndex(registry.index().toString());
    String initial = fromPublic ? PUBLIC : OFF;
    List<FeedLocation> places = new ArrayList<>();
    location(settings, OSV, initial, CratesIo.OSV_DUMP)
        .ifPresent(uri -> places.add(new FeedLocation("osv", FeedFormat.OSV, uri)));
    location(settings, RUSTSEC, initial, CratesIo.ADVISORY_DB)
        .ifPresent(uri -> places.add(new FeedLocation("rustsec", FeedFormat.RUSTSEC, uri)));
    location(settings, OPENSSF, OFF, OFF)
        .ifPresent(uri -> places.add(new FeedLocation("openssf", FeedFormat.OSV, uri)));
    location(settings, LOCAL, OFF, OFF)
        .ifPresent(uri -> places.add(new FeedLocation("local", FeedFormat.LOCAL, uri)));
    return new MirrorConfig.Feeds(
        places.stream().filter(p -> online || p.isFile()).toList(), settings.value(REFRESH));
  }

  private static Optional<URI> location(
      ConfigSettings settings, ConfigKey<String> key, String otherwise, String known) {
    String text = settings.orNull(key);
    String asked = text == null ? otherwise : text;
    String place = asked.equals(PUBLIC) ? known : asked;
    if (place.equals(OFF)) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          place.startsWith("https://") || place.startsWith("http://")
              ? URI.create(place)
              : Path.of(place).toAbsolutePath().toUri());
    } catch (IllegalArgumentException _) {
      throw new ConfigException(
          List.of(
              new ConfigMistake(
                  settings.origin(key),
                  "'%s' is '%s': expected 'public', 'off', an address or a path"
                      .formatted(key.name(), ConfigSettings.shown(place)))));
    }
  }
}
