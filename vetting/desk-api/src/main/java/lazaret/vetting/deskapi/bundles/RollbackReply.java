package lazaret.vetting.deskapi.bundles;

/// The snapshot that is served after a rollback.
///
/// @param snapshot the sequence of the snapshot
/// @param reevaluated the versions whose verdicts changed
public record RollbackReply(long snapshot, BundleReevaluationInfo reevaluated) {}
