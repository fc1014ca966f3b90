package lazaret.mirror.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lazaret.vetting.gate.feeds.FeedLocation;
import lazaret.mirror.feeds.FeedRefresh;
import lazaret.vetting.advisory.FeedFormat;
import lazaret.vetting.crates.CratesIo;

/// The keys under `[feeds]`.
final class FeedKeys {
  private static final String PUBLIC = "public";
  private static final String OFF = "off";

  private FeedKeys() {}

  static final Key<String> OSV =
      new Key<>(
          "feeds.osv",
          KeyType.TEXT,
          null,
          null,
          "Source of OSV records: `public` (the public dump of this ecosystem), an address, a"
              + " path, or `off`. Without it: `public` if `upstream` is `crates.io`, else `off`.");
  static final Key<String> RUSTSEC =
      new Key<>(
          "feeds.rustsec",
          KeyType.TEXT,
          null,
          null,
          "Source of RustSec's advisory database: `public`, the address of a `.tar.gz` or"
              + " `.zip`, the path of one or of a checkout, or `off`. Without it: as `feeds.osv`.");
  static final Key<String> OPENSSF =
      new Key<>(
          "feeds.openssf",
          KeyType.TEXT,
          "off",
          null,
          "Source of OpenSSF's malicious-package records, if they do not come with `feeds.osv`, as they do"
              + " in the public dump: an address or path, or `off`.");
  static final Key<String> LOCAL =
      new Key<>(
          "feeds.local",
          KeyType.TEXT,
          "off",
          null,
          "Source of a list of your own: an address or path, or `off`. `docs/feeds.md` has its form.");
  static final Key<Duration> REFRESH =
      new Key<>(
          "feeds.refresh",
          KeyType.DURATION,
          "6h",
          null,
          "Interval between refreshes of each feed; with `offline` only of those on a disk.");

  static final List<Key<?>> ALL = List.of(OSV, RUSTSEC, OPENSSF, LOCAL, REFRESH);

  /// Collects the settings of the feeds. With `offline`, only feeds on a disk remain.
  static FeedRefresh.Plan plan(Settings settings) {
    boolean online = !settings.value(Keys.OFFLINE);
    boolean fromPublic =
        settings.value(Keys.UPSTREAM) instanceof UpstreamPlace.Registry registry
            && CratesIo.isIndex(registry.index().toString());
    String initial = fromPublic ? PUBLIC : OFF;
    List<FeedLocation> places = new ArrayList<>();
    place(settings, OSV, initial, CratesIo.OSV_DUMP)
        .ifPresent(uri -> places.add(new FeedLocation("osv", FeedFormat.OSV, uri)));
    place(settings, RUSTSEC, initial, CratesIo.ADVISORY_DB)
        .ifPresent(uri -> places.add(new FeedLocation("rustsec", FeedFormat.RUSTSEC, uri)));
    place(settings, OPENSSF, OFF, OFF)
        .ifPresent(uri -> places.add(new FeedLocation("openssf", FeedFormat.OSV, uri)));
    place(settings, LOCAL, OFF, OFF)
        .ifPresent(uri -> places.add(new FeedLocation("local", FeedFormat.LOCAL, uri)));
    return new FeedRefresh.Plan(
        places.stream().filter(p -> online || p.isFile()).toList(), settings.value(REFRESH));
  }

  private static Optional<URI> place(
      Settings settings, Key<String> key, String otherwise, String known) {
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
              new Mistake(
                  settings.origin(key),
                  "'%s' is '%s': expected 'public', 'off', an address or a path"
                      .formatted(key.name(), Settings.shown(place)))));
    }
  }
}
