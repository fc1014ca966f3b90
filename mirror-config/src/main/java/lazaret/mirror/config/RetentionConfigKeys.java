package lazaret.mirror.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import lazaret.vetting.gate.retention.RetentionOptions;

/// The keys of the limits on stored data about clients, and of the care for stored artifacts.
final class RetentionConfigKeys {
  private static final ConfigKey<Integer> REQUESTS =
      new ConfigKey<>(
          "retention.max-requests",
          ConfigValueType.count(100, 1_000_000),
          "10000",
          null,
          "Limit of open requests in the queue; a tenth of it for one client without a token.");
  private static final ConfigKey<Duration> REQUEST_AGE =
      new ConfigKey<>(
          "retention.requests",
          ConfigValueType.DURATION,
          "90d",
          null,
          "Time for which an open request is kept after its version was last requested.");
  private static final ConfigKey<Duration> ACCESS_AGE =
      new ConfigKey<>(
          "retention.accesses",
          ConfigValueType.DURATION,
          "400d",
          null,
          "Time for which records of downloads and of lockfiles are kept: `who` lists nothing older.");
  private static final ConfigKey<Integer> ADDRESSES =
      new ConfigKey<>(
          "retention.max-addresses",
          ConfigValueType.count(1, 100_000),
          "1000",
          null,
          "Limit of addresses without a token that are listed for one version on one day; further"
              + " downloads are counted under `others`.");

  /// The file with rules for the removal of artifacts.
  static final ConfigKey<Path> ARTIFACTS =
      new ConfigKey<>(
          "retention.artifacts",
          ConfigValueType.PATH,
          null,
          null,
          "File with rules for the removal of stored artifacts (docs/retention.md). It is read"
              + " again when it changes. Without it: artifacts are kept.");

  /// The limit of the scrub in bytes per second.
  static final ConfigKey<Long> SCRUB_RATE =
      new ConfigKey<>(
          "retention.scrub-rate",
          ConfigValueType.SIZE,
          "4MiB",
          null,
          "Bytes of stored artifacts that are hashed in a second to find damage: 10 TB take 30"
              + " days.");

  /// All keys, in the order of the documentation.
  static final List<ConfigKey<?>> ALL =
      List.of(REQUESTS, REQUEST_AGE, ACCESS_AGE, ADDRESSES, ARTIFACTS, SCRUB_RATE);

  private RetentionConfigKeys() {}

  static RetentionOptions options(ConfigSettings settings) {
    return new RetentionOptions(
        settings.value(REQUESTS),
        settings.value(REQUEST_AGE),
        settings.value(ACCESS_AGE),
        settings.value(ADDRESSES));
  }

  /// Returns the keys of the retention periods, each at least one day.
  static List<ConfigKey<Duration>> ages() {
    return List.of(REQUEST_AGE, ACCESS_AGE);
  }
}
