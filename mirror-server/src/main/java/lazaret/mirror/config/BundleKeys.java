package lazaret.mirror.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import lazaret.vetting.desk.snapshots.BundleService;

/// The keys under `[bundles]`.
final class BundleKeys {
  private BundleKeys() {}

  static final Key<List<String>> NETWORKS =
      new Key<>(
          "bundles.networks",
          KeyType.TEXTS,
          "",
          null,
          "Names of this network: it imports bundles whose audience is all, or one of these.");
  static final Key<List<String>> SCAN =
      new Key<>(
          "bundles.scan",
          KeyType.TEXTS,
          "",
          null,
          "Absolute path of a scanner, and its first arguments. It is started with each file of a"
              + " bundle before the import, and allows the file with exit code 0. `docs/bundles.md`.");
  static final Key<Duration> SCAN_PATIENCE =
      new Key<>(
          "bundles.scan-patience",
          KeyType.DURATION,
          "10m",
          null,
          "Time limit of the scanner for one file; after it the import is refused.");

  static final List<Key<?>> ALL = List.of(NETWORKS, SCAN, SCAN_PATIENCE);

  static BundleService.BundleSettings place(Settings settings) {
    return new BundleService.BundleSettings(
        settings.value(Keys.DATA_DIR),
        settings.value(NETWORKS),
        settings.value(SCAN),
        settings.value(SCAN_PATIENCE));
  }

  /// Returns the mistake in the scanner setting, or empty if there is none.
  static Optional<String> mistake(Settings settings) {
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
