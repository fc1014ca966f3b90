package lazaret.vetting.deskapi.lockfiles;

import java.util.List;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.deskapi.crates.ReasonInfo;

/// The requirements of versions that no served version meets.
///
/// @param holds whether every requirement is met
/// @param complete whether the limits of one call were sufficient
/// @param versions the number of versions that were checked
/// @param requirements the number of requirements that were checked
/// @param withheld the checked versions that are not served
/// @param unmet the requirements that are not met
/// @param approve the versions whose approval meets the requirements
/// @param prune the versions whose denial removes the requirements
/// @param feedWarnings warnings about the age of the feeds; empty while all feeds are fresh
public record ClosureReply(
    boolean holds,
    boolean complete,
    long versions,
    long requirements,
    List<RequiredVersionInfo> withheld,
    List<UnmetRequirementInfo> unmet,
    List<CrateId> approve,
    List<CrateId> prune,
    List<ReasonInfo> feedWarnings) {
  public ClosureReply {
    withheld = List.copyOf(withheld);
    unmet = List.copyOf(unmet);
    approve = List.copyOf(approve);
    prune = List.copyOf(prune);
    feedWarnings = List.copyOf(feedWarnings);
  }
}
