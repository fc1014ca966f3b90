package lazaret.vetting.deskapi.feeds;

/// The result of removing a feed.
///
/// @param removed the name of the feed
/// @param reevaluated the versions whose verdicts changed
public record FeedRemoveReply(String removed, ReevaluationInfo reevaluated) {}
