package lazaret.vetting.deskapi.bundles;

import org.jspecify.annotations.Nullable;

/// The result of importing a bundle.
///
/// @param outcome the outcome
/// @param snapshot the snapshot that is served; null if `outcome` is `waiting` or `planned`
/// @param plan the plan; null if `outcome` is `waiting` or `already-imported`
/// @param reevaluated the versions whose verdicts changed; null if nothing was imported
/// @param highWaterMark the line of the high-water mark; null if nothing was imported
/// @param then the import of a bundle that was stored before; null if there is none
/// @param sequence the sequence of a stored bundle; null if `outcome` is not `waiting`
/// @param needed the sequence of the base that it needs; null if `outcome` is not `waiting`
/// @param ask the request for the connected site; null if `outcome` is not `waiting`
/// @param receipt the receipt of this network; null for a dry run
public record ImportReply(
    Outcome outcome,
    @Nullable RetainedSnapshotInfo snapshot,
    @Nullable ImportPlanInfo plan,
    @Nullable BundleReevaluationInfo reevaluated,
    @Nullable String highWaterMark,
    @Nullable ImportReply then,
    @Nullable Long sequence,
    @Nullable Long needed,
    @Nullable String ask,
    @Nullable String receipt) {
  /// The outcomes of imports.
  public enum Outcome {
    /// The snapshot of the bundle is served.
    IMPORTED,
    /// The snapshot was imported before.
    ALREADY_IMPORTED,
    /// The bundle is stored until its base is imported.
    WAITING,
    /// The plan was made; the store is unchanged.
    PLANNED
  }
}
