package lazaret.vetting.deskapi.feeds;

import java.util.List;

/// The results of refreshing the configured feeds.
///
/// @param feeds one result for each feed
public record FeedsRefreshReply(List<FeedRefreshInfo> feeds) {
  public FeedsRefreshReply {
    feeds = List.copyOf(feeds);
  }
}
