package lazaret.vetting.deskapi.feeds;

import java.util.List;
import lazaret.vetting.deskapi.crates.ReasonInfo;

/// The feeds of advisories, with their age.
///
/// @param age the age of all feeds together
/// @param feeds the feeds
/// @param failing the feeds whose last refresh failed
/// @param feedWarnings warnings about the age of the feeds; empty while all feeds are fresh
public record FeedsReply(
    FeedAgeInfo age,
    List<FeedStatusInfo> feeds,
    List<FailingFeedInfo> failing,
    List<ReasonInfo> feedWarnings) {
  public FeedsReply {
    feeds = List.copyOf(feeds);
    failing = List.copyOf(failing);
    feedWarnings = List.copyOf(feedWarnings);
  }
}
