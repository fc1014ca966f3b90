package lazaret.vetting.gate.serving;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import org.jspecify.annotations.Nullable;

/// The refusals of the last day, by request and by version. At most [#MAX_REQUESTS] requests and
/// [#MAX_VERSIONS] versions are kept; the oldest are dropped first. Kept in memory only, so that a
/// restart loses them. Thread-safe.
public final class RecentRefusals {
  /// The maximum number of requests.
  public static final int MAX_REQUESTS = 20_000;

  /// The maximum number of versions.
  public static final int MAX_VERSIONS = 5_000;

  private static final Duration KEPT = Duration.ofDays(1);

  // guarded by this
  private final SequencedMap<String, RefusedDownload> byRequest = new LinkedHashMap<>();
  // guarded by this
  private final SequencedMap<String, RefusedDownload> byVersion = new LinkedHashMap<>();

  /// Records a refusal. An earlier one of the same request or version is replaced.
  public synchronized void add(RefusedDownload refused) {
    put(byRequest, refused.request(), refused, MAX_REQUESTS);
    put(byVersion, key(refused.id().name(), refused.id().version()), refused, MAX_VERSIONS);
  }

  private static void put(
      SequencedMap<String, RefusedDownload> map, String key, RefusedDownload refused, int most) {
    map.remove(key);
    map.put(key, refused);
    if (map.size() > most) {
      Map.Entry<String, RefusedDownload> _ = map.pollFirstEntry();
    }
  }

  /// Returns the refusal of a request, or empty if there was none in the last day or it was
  /// dropped.
  public synchronized Optional<RefusedDownload> ofRequest(String request, Instant now) {
    return recent(byRequest.get(request), now);
  }

  /// Returns the last refusal of a version, or empty if there was none in the last day or it was
  /// dropped.
  public synchronized Optional<RefusedDownload> ofVersion(
      CrateName name, CrateVersion version, Instant now) {
    return recent(byVersion.get(key(name, version)), now);
  }

  private static Optional<RefusedDownload> recent(@Nullable RefusedDownload refused, Instant now) {
    return Optional.ofNullable(refused).filter(r -> now.isBefore(r.at().plus(KEPT)));
  }

  private static String key(CrateName name, CrateVersion version) {
    return name.collisionKey() + ' ' + version.text();
  }
}
