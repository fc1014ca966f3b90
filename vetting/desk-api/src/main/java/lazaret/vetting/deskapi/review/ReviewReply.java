package lazaret.vetting.deskapi.review;

import java.util.List;
import lazaret.vetting.deskapi.audits.AuditVerdictInfo;
import lazaret.vetting.deskapi.crates.VersionReply;
import lazaret.vetting.json.Inline;
import org.jspecify.annotations.Nullable;

/// Everything that the review of a version needs.
///
/// @param reviewed the current knowledge about the version
/// @param advisories the advisories that affect the version
/// @param takeover the signs of a hijacked crate
/// @param fixes the advisories for which the version is the smallest fix
/// @param audits the result of the audits; null if no audit names the crate
/// @param base the version that `diff` compares with; null if the difference is the whole crate
/// @param otherBases other versions to compare with
/// @param dependencies the dependencies that users of the version build
/// @param dependencyChanges the changes of dependencies since the base
/// @param sinceBase the change of capabilities since the base; null if one of both was not
///   inspected
/// @param diff the difference to the base; null if it cannot be read
/// @param notReadable the cause if there is no difference; null otherwise
public record ReviewReply(
    @Inline VersionReply reviewed,
    List<AdvisoryMatchInfo> advisories,
    List<TakeoverSignInfo> takeover,
    List<String> fixes,
    @Nullable AuditVerdictInfo audits,
    @Nullable ReviewBaseInfo base,
    List<ReviewBaseInfo> otherBases,
    List<ReviewDependencyInfo> dependencies,
    List<DependencyChangeInfo> dependencyChanges,
    @Nullable CapabilityChangeInfo sinceBase,
    @Nullable CrateDiffInfo diff,
    @Nullable NotReadableInfo notReadable) {
  public ReviewReply {
    advisories = List.copyOf(advisories);
    takeover = List.copyOf(takeover);
    fixes = List.copyOf(fixes);
    otherBases = List.copyOf(otherBases);
    dependencies = List.copyOf(dependencies);
    dependencyChanges = List.copyOf(dependencyChanges);
  }
}
