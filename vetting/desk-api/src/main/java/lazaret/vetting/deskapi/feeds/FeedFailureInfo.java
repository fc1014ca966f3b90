package lazaret.vetting.deskapi.feeds;

import java.time.Instant;

/// A failed refresh of a feed.
///
/// @param at the time of the failure
/// @param why the cause in one clause
public record FeedFailureInfo(Instant at, String why) {}
