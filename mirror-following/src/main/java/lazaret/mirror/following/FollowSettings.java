package lazaret.mirror.following;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import lazaret.vetting.deskapi.store.FollowMode;
import org.jspecify.annotations.Nullable;

/// The settings of following a registry.
///
/// @param mode the crates whose artifacts are fetched ahead
/// @param source the folder of the registry's feeds and dump, with a slash at its end; null only if
///   nothing is followed
/// @param dump whether the daily dump is read
/// @param interval the time between two requests for the feeds
/// @param limits the consideration for the registry
/// @param lockfiles the watched lockfiles: folders, files, and addresses
/// @param lockfileInterval the time between two looks at them
public record FollowSettings(
    FollowMode mode,
    @Nullable URI source,
    boolean dump,
    Duration interval,
    Limits limits,
    List<String> lockfiles,
    Duration lockfileInterval) {
  /// Copies the list.
  public FollowSettings {
    lockfiles = List.copyOf(lockfiles);
  }

  /// The consideration for the registry.
  ///
  /// @param requestsPerSecond the rate of requests, without bursts; 0 sets no limit
  /// @param bytesPerDay the bytes between two midnights UTC; 0 sets no limit
  /// @param size the size of all artifacts that [FollowMode#TOP] fetches ahead, in bytes
  /// @param parallel the requests in progress at once
  public record Limits(double requestsPerSecond, long bytesPerDay, long size, int parallel) {}

  /// Returns whether the registry is followed.
  public boolean follows() {
    return mode != FollowMode.OFF;
  }
}
