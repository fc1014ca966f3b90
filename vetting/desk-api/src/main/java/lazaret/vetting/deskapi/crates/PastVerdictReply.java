package lazaret.vetting.deskapi.crates;

import java.time.Instant;
import java.util.List;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import org.jspecify.annotations.Nullable;

/// The verdict on a version at a past time.
///
/// @param name the crate
/// @param version the version
/// @param cksum the SHA-256 of the artifact in the index
/// @param at the past time
/// @param source the source of the verdict
/// @param verdict the verdict at that time; null unless `source` is `recorded`
/// @param served whether clients got the version at that time
/// @param recorded the last verdict that was recorded before that time; null if there is none
/// @param next the first verdict that was recorded after that time; null if there is none
/// @param decisions the decisions that were in force at that time
/// @param recordedSince the time since which verdicts are recorded; null if none is recorded
/// @param detail the reason why no verdict is recorded for that time; null if one is
public record PastVerdictReply(
    CrateName name,
    CrateVersion version,
    Sha256 cksum,
    Instant at,
    Source source,
    @Nullable VerdictInfo verdict,
    boolean served,
    @Nullable RecordedVerdictInfo recorded,
    @Nullable RecordedVerdictInfo next,
    List<DecisionInfo> decisions,
    @Nullable Instant recordedSince,
    @Nullable String detail) {
  public PastVerdictReply {
    decisions = List.copyOf(decisions);
  }

  /// The sources of a past verdict.
  public enum Source {
    /// The verdict was recorded when it was given.
    RECORDED,
    /// No verdict is recorded, because the version was past its cooldown: a version that is served
    /// by its age alone has no record.
    AGED,
    /// No verdict is recorded, for another reason.
    NOT_RECORDED,
    /// The server did not know the version at that time.
    NOT_KNOWN
  }
}
