package lazaret.vetting.desk.admin;

import java.time.Instant;
import java.util.Map;
import lazaret.vetting.gate.context.GateContext;
import lazaret.vetting.gate.feeds.FeedState;
import lazaret.vetting.gate.retention.DropKind;
import lazaret.vetting.gate.store.Store;
import lazaret.vetting.gate.store.StoreCondition;
import lazaret.vetting.ledger.LedgerEntry;
import lazaret.vetting.policy.Policy;

/// The status of the gate.
///
/// @param now the current moment by the gate's clock
/// @param upstream the registry from which crates are fetched
/// @param policy the policy in force
/// @param crates the number of stored crates
/// @param artifacts the number of stored artifacts
/// @param openRequests the number of versions that wait for a decision
/// @param ledgerEntries the number of ledger entries
/// @param disk the disk space of the store
/// @param condition the known faults of the store
/// @param feeds the state of the advisory feeds
/// @param dropped the counts of records that limits and retentions left out
public record StatusReport(
    Instant now,
    String upstream,
    Policy policy,
    long crates,
    long artifacts,
    long openRequests,
    long ledgerEntries,
    Store.DiskUsage disk,
    StoreCondition condition,
    FeedState feeds,
    Map<DropKind, Long> dropped) {
  /// Copies the map.
  public StatusReport {
    dropped = Map.copyOf(dropped);
  }

  /// Returns the status of a gate as its store has it.
  public static StatusReport of(GateContext parts, Policy policy, FeedState feeds) {
    Store.Counts counts = parts.store().counts();
    return new StatusReport(
        parts.clock().instant(),
        parts.upstream().describe(),
        policy,
        counts.crates(),
        counts.artifacts(),
        counts.requests(),
        parts.store().ledgerHead().map(LedgerEntry::sequence).orElse(0L),
        parts.store().diskUsage(),
        parts.store().condition(),
        feeds,
        parts.growth().dropped().counts());
  }
}
