package lazaret.mirror.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import lazaret.vetting.desk.snapshots.BundleSettings;

/// The keys under `[bundles]`.
final class BundleConfigKeys {
  private BundleConfigKeys() {}

  static final ConfigKey<List<String>> NETWORKS =
      new ConfigKey<>(
          "bundles.networks",
          ConfigValueType.TEXTS,
          "",
          null,
          "Names of this network: it imports bundles whose audience is all, or one of these.");
  static final ConfigKey<List<String>> SCAN =
      new ConfigKey<>(
          "bundles.scan",
          ConfigValueType.TEXTS,
          "",
          null,
          "Absolute path of a scanner, and its first arguments. It is started with each file of a"
              + " bundle before the import, and allows the file with exit code 0. `docs/bundles.md`.");
  static final ConfigKey<Duration> SCAN_TIMEOUT =
      new ConfigKey<>(
          "bundles.scan-timeout",
          ConfigValueType.DURATION,
          "10m",
          null,
          "Time limit of the scanner for one file; after it the import is refused.");

  static final List<ConfigKey<?>> ALL = List.of(NETWORKS, SCAN, SCAN_TIMEOUT);

  static BundleSettings settings(ConfigSettings settings) {
    return new BundleSettings(
        settings.value(ConfigKeys.DATA_DIR),
        settings.value(NETWORKS),
        settings.value(SCAN),
        settings.value(SCAN_TIMEOUT));
  }

  /// Returns the mistake in the scanner setting, or empty if there is none.
  static Optional<String> mistake(ConfigSettings settings) {
    List<String> scan = settings.value(SCAN);
    if (scan.isEmpty()) {
      return Optional.empty();
    }
    Path program = Path.of(scan.getFirst());
    return program.isAbsolute() && program.toFile().canExecute()
        ? Optional.empty()
        : Optional.of(
            "'bundles.scan' begins with '%s': expected a program by its absolute path"
                .formatted(program));
  }
}
