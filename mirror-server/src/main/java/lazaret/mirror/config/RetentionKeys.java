package lazaret.mirror.config;

import java.time.Duration;
import java.util.List;
import lazaret.vetting.gate.retention.RetentionOptions;

/// The keys of the limits on stored data about clients.
final class RetentionKeys {
  private static final Key<Integer> REQUESTS =
      new Key<>(
          "retention.max-requests",
          KeyType.count(100, 1_000_000),
          "10000",
          null,
          "Limit of open requests in the queue; a tenth of it for one client without a token.");
  private static final Key<Duration> REQUEST_AGE =
      new Key<>(
          "retention.requests",
          KeyType.DURATION,
          "90d",
          null,
          "Time for which an open request is kept after its version was last requested.");
  private static final Key<Duration> ACCESS_AGE =
      new Key<>(
          "retention.accesses",
          KeyType.DURATION,
          "400d",
          null,
          "Time for which records of downloads and of lockfiles are kept: `who` lists nothing older.");
  private static final Key<Integer> ADDRESSES =
      new Key<>(
          "retention.max-addresses",
          KeyType.count(1, 100_000),
          "1000",
          null,
          "Limit of addresses without a token that are listed for one version on one day; further"
              + " downloads are counted under `others`.");

  /// All keys, in the order of the documentation.
  static final List<Key<?>> ALL = List.of(REQUESTS, REQUEST_AGE, ACCESS_AGE, ADDRESSES);

  private RetentionKeys() {}

  static RetentionOptions options(Settings settings) {
    return new RetentionOptions(
        settings.value(REQUESTS),
        settings.value(REQUEST_AGE),
        settings.value(ACCESS_AGE),
        settings.value(ADDRESSES));
  }

  /// Returns the keys of the retention periods, each at least one day.
  static List<Key<Duration>> ages() {
    return List.of(REQUEST_AGE, ACCESS_AGE);
  }
}
