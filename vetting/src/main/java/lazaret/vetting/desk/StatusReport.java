package lazaret.vetting.desk;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import lazaret.vetting.advisory.FeedAge;
import lazaret.vetting.advisory.FeedLimits;
import lazaret.vetting.gate.store.StoreCondition;
import lazaret.vetting.policy.Policy;
import lazaret.vetting.retention.DropKind;

/// How the gate is.
///
/// @param now by the gate's clock
/// @param upstream where crates come from
/// @param policy the policy in force
/// @param crates how many crates are held
/// @param artefacts how many artefacts are held
/// @param openRequests how many versions wait for a person
/// @param ledgerEntries how many entries the ledger has
/// @param room how full the store is
/// @param condition the faults that are known of the store
/// @param feeds how old the feeds of advisories are
/// @param dropped what limits and retentions left out
public record StatusReport(
    Instant now,
    String upstream,
    Policy policy,
    long crates,
    long artefacts,
    long openRequests,
    long ledgerEntries,
    Store.Room room,
    StoreCondition condition,
    FeedState feeds,
    Map<DropKind, Long> dropped) {
  /// Copies the map.
  public StatusReport {
    dropped = Map.copyOf(dropped);
  }

  /// The feeds of advisories.
  ///
  /// @param age of the oldest one, which every verdict carries
  /// @param feeds each of them, with its age
  /// @param failing names of those that could not be refreshed when last tried
  /// @param limits from which age on they warn, and from which nothing is vetted by them
  public record FeedState(
      FeedAge age, List<FeedAge> feeds, List<String> failing, FeedLimits limits) {
    /// Copies the lists.
    public FeedState {
      feeds = List.copyOf(feeds);
      failing = List.copyOf(failing);
    }
  }
}
