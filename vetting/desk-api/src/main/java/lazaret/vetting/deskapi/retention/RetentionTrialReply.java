package lazaret.vetting.deskapi.retention;

import java.time.Instant;
import java.util.List;
import lazaret.vetting.crates.Sha256;

/// The artifacts that rules would remove at one moment.
///
/// @param rules the id of the rules: the SHA-256 of their file
/// @param at the time of the trial
/// @param by the person who tried them
/// @param artifacts the number of stored artifacts
/// @param bytes their length together
/// @param counts the removals of each rule, and of the limit of all artifacts as `max-size`
/// @param removals the first removals, at most 500
/// @param excess the bytes above the limit of all artifacts that nothing may remove; 0 if it is
///   kept
public record RetentionTrialReply(
    Sha256 rules,
    Instant at,
    String by,
    long artifacts,
    long bytes,
    List<RetentionRuleInfo> counts,
    List<PlannedRemovalInfo> removals,
    long excess) {
  public RetentionTrialReply {
    counts = List.copyOf(counts);
    removals = List.copyOf(removals);
  }
}
