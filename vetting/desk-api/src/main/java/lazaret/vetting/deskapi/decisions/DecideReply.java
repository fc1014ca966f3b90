package lazaret.vetting.deskapi.decisions;

import java.time.Instant;
import java.util.List;
import lazaret.vetting.deskapi.crates.DecisionInfo;
import lazaret.vetting.deskapi.crates.ReasonInfo;
import org.jspecify.annotations.Nullable;

/// The decisions that were recorded; they are on disk and in force.
///
/// @param recorded the new decisions
/// @param unchanged the decisions that were not recorded because one in force permits or refuses as
///   much
/// @param withheld the versions that are not served in spite of the decision
/// @param feedWarnings warnings about the age of the feeds; empty while all feeds are fresh
/// @param inForceEverywhereAt the time by which the decisions are in force on all servers that
///   share the store, by the time of the database; null if one server has it: they are in force
///   there
public record DecideReply(
    List<DecisionInfo> recorded,
    List<DecisionInfo> unchanged,
    List<WithheldVersionInfo> withheld,
    List<ReasonInfo> feedWarnings,
    @Nullable Instant inForceEverywhereAt) {
  public DecideReply {
    recorded = List.copyOf(recorded);
    unchanged = List.copyOf(unchanged);
    withheld = List.copyOf(withheld);
    feedWarnings = List.copyOf(feedWarnings);
  }

  /// Creates the reply of a server that has its store alone.
  public DecideReply(
      List<DecisionInfo> recorded,
      List<DecisionInfo> unchanged,
      List<WithheldVersionInfo> withheld,
      List<ReasonInfo> feedWarnings) {
    this(recorded, unchanged, withheld, feedWarnings, null);
  }
}
