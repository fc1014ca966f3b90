package lazaret.vetting.cluster;

import java.time.Duration;

/// The knowledge of one node about its cluster, without a read of the store.
///
/// @param shared whether several nodes can share the store; false if one process has it
/// @param current whether the node may serve
/// @param age the time since its last successful read of the decision counter began; zero if one
///   process has the store
/// @param maxStaleness the age at which it stops serving; zero if one process has the store
/// @param leads whether it does the work for which one node suffices
public record ClusterStatus(
    boolean shared, boolean current, Duration age, Duration maxStaleness, boolean leads) {
  /// The status of a process that has its store alone.
  public static final ClusterStatus ALONE =
      new ClusterStatus(false, true, Duration.ZERO, Duration.ZERO, true);
}
