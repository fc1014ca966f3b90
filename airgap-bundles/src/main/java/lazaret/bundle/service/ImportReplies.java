package lazaret.bundle.service;

import java.util.Optional;
import lazaret.bundle.importing.ImportOutcome;
import lazaret.bundle.plan.ImportPlan;
import lazaret.vetting.deskapi.bundles.ImportPlanInfo;
import lazaret.vetting.deskapi.bundles.ImportReply;
import lazaret.vetting.deskapi.bundles.NamedItemsInfo;
import lazaret.vetting.deskapi.bundles.PlanAttentionInfo;
import lazaret.vetting.deskapi.bundles.PlanLoadInfo;
import lazaret.vetting.deskapi.bundles.PlannedChangesInfo;
import lazaret.vetting.deskapi.bundles.RetainedSnapshotInfo;
import lazaret.vetting.snapshot.SnapshotInfo;
import org.jspecify.annotations.Nullable;

/// The replies of the verb `import`.
final class ImportReplies {
  private ImportReplies() {}

  /// Returns the reply.
  ///
  /// @param outcome the outcome of the import
  /// @param receipt the current state of the network, or empty
  static ImportReply of(ImportOutcome outcome, Optional<Receipt> receipt) {
    String line = receipt.map(Receipt::line).orElse(null);
    return switch (outcome) {
      case ImportOutcome.Imported done -> imported(done, line);
      case ImportOutcome.AlreadyImported(SnapshotInfo snapshot) ->
          new ImportReply(
              ImportReply.Outcome.ALREADY_IMPORTED,
              snapshot(snapshot),
              null,
              null,
              null,
              null,
              null,
              null,
              null,
              line);
      case ImportOutcome.Pending(long sequence, long needed, String ask) ->
          new ImportReply(
              ImportReply.Outcome.WAITING,
              null,
              null,
              null,
              null,
              null,
              sequence,
              needed,
              ask,
              line);
      case ImportOutcome.Planned(ImportPlan plan) ->
          new ImportReply(
              ImportReply.Outcome.PLANNED,
              null,
              plan(plan),
              null,
              null,
              null,
              null,
              null,
              null,
              line);
    };
  }

  private static ImportReply imported(ImportOutcome.Imported done, @Nullable String receipt) {
    return new ImportReply(
        ImportReply.Outcome.IMPORTED,
        snapshot(done.snapshot()),
        plan(done.plan()),
        BundleInfos.reevaluation(done.consequences()),
        done.highWaterMark().line(),
        done.then().map(next -> imported(next, null)).orElse(null),
        null,
        null,
        null,
        receipt);
  }

  private static RetainedSnapshotInfo snapshot(SnapshotInfo info) {
    return new RetainedSnapshotInfo(
        info.sequence(),
        info.epoch(),
        BundleInfos.kind(info.kind()),
        info.stateRoot(),
        info.bundle(),
        info.issued(),
        info.at(),
        info.crates(),
        info.versions());
  }

  private static ImportPlanInfo plan(ImportPlan plan) {
    ImportPlan.Changes changes = plan.changes();
    ImportPlan.Attention attention = plan.attention();
    ImportPlan.Volume volume = plan.load();
    return new ImportPlanInfo(
        BundleInfos.bundle(plan.statement(), plan.bundle()),
        plan.base(),
        new PlannedChangesInfo(
            items(changes.added()),
            items(changes.changed()),
            items(changes.yanked()),
            items(changes.removed()),
            items(changes.revoked())),
        new PlanAttentionInfo(
            items(attention.cksumChanged()),
            items(attention.buildScripts()),
            items(attention.advisories()),
            items(attention.olderFeeds()),
            items(attention.deniedHere())),
        new PlanLoadInfo(
            volume.crates(),
            volume.entries(),
            volume.artifacts(),
            volume.bytes(),
            volume.stored()));
  }

  private static NamedItemsInfo items(ImportPlan.Sample sample) {
    return new NamedItemsInfo(sample.count(), sample.first());
  }
}
