package lazaret.vetting.deskapi.store;

import java.time.Instant;
import java.util.List;
import lazaret.vetting.deskapi.feeds.FeedStateInfo;
import lazaret.vetting.json.Inline;
import org.jspecify.annotations.Nullable;

/// The state of the server.
///
/// @param version the version of the server
/// @param time the time of the server
/// @param upstream the upstream in one clause
/// @param policy the main settings of the policy
/// @param crates the number of crates
/// @param artifacts the number of stored artifacts
/// @param openRequests the number of open requests
/// @param ledgerEntries the number of ledger entries
/// @param disk the space for artifacts
/// @param store the known faults of the store
/// @param feeds the age of the feeds
/// @param dropped the records that limits and retention removed
/// @param snapshot the state of bundle imports; null if the server has an upstream
/// @param removals the removals upstream that are not confirmed
/// @param health the health of each part of the gate; empty from older servers
public record StatusReply(
    String version,
    Instant time,
    String upstream,
    PolicySummaryInfo policy,
    long crates,
    long artifacts,
    long openRequests,
    long ledgerEntries,
    DiskInfo disk,
    @Inline StoreStateInfo store,
    FeedStateInfo feeds,
    List<DroppedRecordsInfo> dropped,
    @Nullable SnapshotStatusInfo snapshot,
    RemovalStatusInfo removals,
    List<HealthItemInfo> health) {
  public StatusReply {
    dropped = List.copyOf(dropped);
    health = List.copyOf(health);
  }
}
