package lazaret.bundle.importing;

import java.util.Optional;
import lazaret.bundle.plan.ImportPlan;
import lazaret.vetting.gate.feeds.FeedUpdateReport;
import lazaret.vetting.snapshot.SnapshotInfo;

/// The result of an import that was not refused.
public sealed interface ImportOutcome {
  /// The bundle is in force.
  ///
  /// @param snapshot the snapshot that is served now; for a revocation a description under whose
  ///   sequence no snapshot is stored
  /// @param plan the changes
  /// @param consequences the re-evaluated versions and the clients that have withdrawn versions
  /// @param highWaterMark the new high-water mark, which must be printed
  /// @param then the import of a pending bundle that followed this one, or empty
  record Imported(
      SnapshotInfo snapshot,
      ImportPlan plan,
      FeedUpdateReport.Reevaluation consequences,
      HighWaterMark highWaterMark,
      Optional<Imported> then)
      implements ImportOutcome {}

  /// The bundle was imported before, or results in the stored state. Nothing was changed.
  ///
  /// @param snapshot the stored snapshot, with the time of its import
  record AlreadyImported(SnapshotInfo snapshot) implements ImportOutcome {}

  /// The base of the bundle is missing. The bundle was verified and is kept; it is imported after
  /// its base.
  ///
  /// @param sequence the sequence of the bundle
  /// @param needed the least sequence that must be imported first
  /// @param ask a sentence that names the bundle to request
  record Pending(long sequence, long needed, String ask) implements ImportOutcome {}

  /// The result of a dry run.
  ///
  /// @param plan the changes that an import would make
  record Planned(ImportPlan plan) implements ImportOutcome {}
}
