package lazaret.vetting.desk.api;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lazaret.vetting.Durations;
import lazaret.vetting.desk.Desk;
import lazaret.vetting.desk.admin.StatusReport;
import lazaret.vetting.desk.snapshots.PromisedSnapshot;
import lazaret.vetting.desk.snapshots.StoreLag;
import lazaret.vetting.deskapi.StoreOperations;
import lazaret.vetting.deskapi.store.DiskInfo;
import lazaret.vetting.deskapi.store.DroppedRecordsInfo;
import lazaret.vetting.deskapi.store.PolicySummaryInfo;
import lazaret.vetting.deskapi.store.RemovalStatusInfo;
import lazaret.vetting.deskapi.store.SnapshotStatusInfo;
import lazaret.vetting.deskapi.store.StatusReply;
import lazaret.vetting.deskapi.store.StoreLagInfo;
import lazaret.vetting.deskapi.store.StoreStateInfo;
import lazaret.vetting.gate.removal.RemovalReport;
import lazaret.vetting.gate.retention.DropKind;
import lazaret.vetting.gate.store.StoreFault;
import lazaret.vetting.policy.Policy;
import org.jspecify.annotations.Nullable;

/// The operation on the state of the server.
final class StatusHandlers {
  private final Desk desk;
  private final BundleHandlers bundles;
  private final DeskApi.Parts parts;

  /// @param parts the version of the program, and its health
  StatusHandlers(Desk desk, BundleHandlers bundles, DeskApi.Parts parts) {
    this.desk = desk;
    this.bundles = bundles;
    this.parts = parts;
  }

  void addTo(HandlerTable handlers) {
    handlers.add(StoreOperations.STATUS, (_, _) -> status());
  }

  private StatusReply status() {
    StatusReport report = desk.status();
    RemovalReport removals = desk.removals();
    return new StatusReply(
        parts.version(),
        report.now(),
        report.upstream(),
        policy(report.policy()),
        report.crates(),
        report.artifacts(),
        report.openRequests(),
        report.ledgerEntries(),
        new DiskInfo(report.disk().usedBytes(), report.disk().freeBytes(), report.disk().admits()),
        new StoreStateInfo(
            report.condition().faults().stream().map(StoreFault::text).toList(),
            report.condition().withholds()),
        FeedInfos.state(report.feeds()),
        dropped(report.dropped()),
        snapshot(),
        new RemovalStatusInfo(removals.open().size(), removals.massSince()),
        parts.health().items());
  }

  private static PolicySummaryInfo policy(Policy policy) {
    return new PolicySummaryInfo(
        PolicyHandlers.mode(policy),
        policy.automatic(),
        Durations.text(policy.cooldown()),
        Durations.text(policy.buildCooldown()));
  }

  private static List<DroppedRecordsInfo> dropped(Map<DropKind, Long> counts) {
    return Arrays.stream(DropKind.values())
        .filter(counts::containsKey)
        .map(kind -> new DroppedRecordsInfo(kind.code(), counts.getOrDefault(kind, 0L)))
        .toList();
  }

  /// Returns the state of bundle imports, or null if the server has an upstream.
  private @Nullable SnapshotStatusInfo snapshot() {
    Optional<StoreLag> lag = bundles.storeLag();
    long head = desk.snapshots().head();
    if (head == 0 && lag.isEmpty()) {
      return null;
    }
    Optional<PromisedSnapshot> next = desk.snapshots().next();
    return new SnapshotStatusInfo(
        head,
        next.map(PromisedSnapshot::newest).orElse(null),
        next.map(PromisedSnapshot::promised).orElse(null),
        next.map(PromisedSnapshot::overdue).orElse(false),
        next.map(PromisedSnapshot::toString).orElse(null),
        bundles.revocations(),
        lag.map(StatusHandlers::lag).orElse(null));
  }

  private static StoreLagInfo lag(StoreLag lag) {
    return new StoreLagInfo(
        lag.stored(), lag.highWaterMark() > 0 ? lag.highWaterMark() : null, lag.detail());
  }
}
