package lazaret.vetting.deskapi.feeds;

import java.util.List;
import lazaret.vetting.deskapi.crates.BlastRadiusInfo;

/// The result of evaluating versions again after new data.
///
/// @param versions the number of versions that were evaluated
/// @param withdrawn the number of versions that are no longer served
/// @param released the number of versions that are served again
/// @param affected the withdrawn versions, with the clients and lockfiles that have them
public record ReevaluationInfo(
    long versions, long withdrawn, long released, List<BlastRadiusInfo> affected) {
  public ReevaluationInfo {
    affected = List.copyOf(affected);
  }
}
