package lazaret.vetting.deskapi.feeds;

import org.jspecify.annotations.Nullable;

/// A feed whose last refresh failed.
///
/// @param name the name of the feed
/// @param failure the failure; null if it is not known
public record FailingFeedInfo(String name, @Nullable FeedFailureInfo failure) {}
