package lazaret.vetting.deskapi.crates;

import java.time.Instant;
import java.util.List;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import org.jspecify.annotations.Nullable;

/// The current knowledge about one version.
///
/// @param name the crate
/// @param version the version
/// @param cksum the SHA-256 of the artifact in the index
/// @param verdict the verdict at the time of the request
/// @param served whether clients get the version
/// @param stored whether the artifact is in the store; otherwise it is fetched at the first
///   download
/// @param fetchFailed the last attempt to fetch the artifact; null if it is stored or was never
///   tried
/// @param snapshot the sequence of the snapshot that is served; null if the server has an upstream
/// @param onlyByBundle whether the artifact can only arrive by a bundle import; no decision makes
///   it available then
/// @param replacement the nearest version that is served; null if the version itself is served, or
///   none is
/// @param compatible whether cargo regards `replacement` as compatible
/// @param movable whether cargo moves to `replacement` from any lockfile
/// @param checkedAt the time at which upstream last confirmed the index file
/// @param yanked whether the index marks the version as yanked
/// @param publishedAt the publish time of the index line; null if the line has none
/// @param firstSeen the time at which the server first saw the version
/// @param ageFrom the time from which the age of the version counts
/// @param yankedSince the time since which the version is yanked; null if it is not yanked
/// @param goneSince the time since which upstream does not list the version, confirmed; null if it
///   is listed
/// @param missingSince the time since which upstream does not list the version, not confirmed; null
///   otherwise
/// @param changedCksum the other SHA-256 that upstream named later; null if the index never changed
///   it
/// @param findings the result of the inspection; null if the artifact was not inspected
/// @param delta the change since the nearest lower vetted version; null if one of both was not
///   inspected
/// @param decisions the decisions on the version, the oldest first
/// @param request the queued request for the version; null if there is none
/// @param detonation the evidence of a build of this version alone; null if there is none
/// @param feedWarnings warnings about the age of the feeds; empty while all feeds are fresh
public record VersionReply(
    CrateName name,
    CrateVersion version,
    Sha256 cksum,
    VerdictInfo verdict,
    boolean served,
    boolean stored,
    @Nullable FetchFailureInfo fetchFailed,
    @Nullable Long snapshot,
    boolean onlyByBundle,
    @Nullable CrateVersion replacement,
    boolean compatible,
    boolean movable,
    Instant checkedAt,
    boolean yanked,
    @Nullable Instant publishedAt,
    Instant firstSeen,
    Instant ageFrom,
    @Nullable Instant yankedSince,
    @Nullable Instant goneSince,
    @Nullable Instant missingSince,
    @Nullable Sha256 changedCksum,
    @Nullable FindingsInfo findings,
    @Nullable ReleaseDeltaInfo delta,
    List<DecisionInfo> decisions,
    @Nullable RequestInfo request,
    @Nullable DetonationInfo detonation,
    List<ReasonInfo> feedWarnings) {
  public VersionReply {
    decisions = List.copyOf(decisions);
    feedWarnings = List.copyOf(feedWarnings);
  }
}
