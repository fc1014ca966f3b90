package lazaret.vetting.deskapi.behavior;

import java.util.List;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.deskapi.review.NotReadableInfo;
import org.jspecify.annotations.Nullable;

/// The recorded behavior of a version that was built alone in the sandbox, with the places in its
/// sources that show it.
///
/// @param name the crate
/// @param version the version
/// @param cksum the SHA-256 of the artifact
/// @param evidence the evidence; null if no build was recorded
/// @param lines the recorded events: new, gone, as before, not compared
/// @param notSeen the kinds of events that neither build shows; empty if no build was recorded
/// @param limits the limits of the method, one sentence each
/// @param notReadable the cause if the sources cannot be read; null otherwise
public record BehaviorReply(
    CrateName name,
    CrateVersion version,
    Sha256 cksum,
    @Nullable BehaviorEvidenceInfo evidence,
    List<BehaviorLineInfo> lines,
    List<BehaviorKind> notSeen,
    List<String> limits,
    @Nullable NotReadableInfo notReadable) {
  public BehaviorReply {
    lines = List.copyOf(lines);
    notSeen = List.copyOf(notSeen);
    limits = List.copyOf(limits);
  }
}
