package lazaret.vetting.deskapi.bundles;

import java.util.List;

/// The result of evaluating versions again after an import.
///
/// @param versions the number of versions that were evaluated
/// @param withdrawn the number of versions that are no longer served
/// @param released the number of versions that are served again
/// @param affected the withdrawn versions that clients or lockfiles have
public record BundleReevaluationInfo(
    long versions, long withdrawn, long released, List<AffectedVersionInfo> affected) {
  public BundleReevaluationInfo {
    affected = List.copyOf(affected);
  }
}
