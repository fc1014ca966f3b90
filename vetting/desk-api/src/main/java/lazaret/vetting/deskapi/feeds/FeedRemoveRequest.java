package lazaret.vetting.deskapi.feeds;

import lazaret.vetting.deskapi.binding.InPath;

/// An order to remove a feed.
///
/// @param feed the name of the feed
public record FeedRemoveRequest(@InPath String feed) {}
