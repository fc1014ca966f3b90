package lazaret.vetting.deskapi.decisions;

import java.util.List;
import lazaret.vetting.deskapi.crates.DecisionInfo;
import lazaret.vetting.deskapi.crates.ReasonInfo;

/// The decisions that were recorded; they are on disk and in force.
///
/// @param recorded the new decisions
/// @param unchanged the decisions that were not recorded because one in force permits or refuses as
///   much
/// @param withheld the versions that are not served in spite of the decision
/// @param feedWarnings warnings about the age of the feeds; empty while all feeds are fresh
public record DecideReply(
    List<DecisionInfo> recorded,
    List<DecisionInfo> unchanged,
    List<WithheldVersionInfo> withheld,
    List<ReasonInfo> feedWarnings) {
  public DecideReply {
    recorded = List.copyOf(recorded);
    unchanged = List.copyOf(unchanged);
    withheld = List.copyOf(withheld);
    feedWarnings = List.copyOf(feedWarnings);
  }
}
