package lazaret.vetting.deskapi.review;

import java.util.List;

/// The evidence on one version that is in the store. Nothing is fetched.
///
/// @param advisories the advisories that affect the version
/// @param takeover the signs of a hijacked crate
/// @param fixes the advisories for which the version is the smallest fix
/// @param dependencies the dependencies that users of the version build, at most 200, new ones
///   first. The index file of a dependency that was never requested is not stored
public record VersionEvidenceReply(
    List<AdvisoryMatchInfo> advisories,
    List<TakeoverSignInfo> takeover,
    List<String> fixes,
    List<ReviewDependencyInfo> dependencies) {
  public VersionEvidenceReply {
    advisories = List.copyOf(advisories);
    takeover = List.copyOf(takeover);
    fixes = List.copyOf(fixes);
    dependencies = List.copyOf(dependencies);
  }
}
