package lazaret.vetting.deskapi;

import lazaret.vetting.deskapi.feeds.AdvisoryReply;
import lazaret.vetting.deskapi.feeds.AdvisoryRequest;
import lazaret.vetting.deskapi.feeds.FeedFetchRequest;
import lazaret.vetting.deskapi.feeds.FeedImportRequest;
import lazaret.vetting.deskapi.feeds.FeedRemoveReply;
import lazaret.vetting.deskapi.feeds.FeedRemoveRequest;
import lazaret.vetting.deskapi.feeds.FeedUpdateReply;
import lazaret.vetting.deskapi.feeds.FeedsRefreshReply;
import lazaret.vetting.deskapi.feeds.FeedsReply;

/// The operations on feeds of advisories.
public final class FeedOperations {
  /// Lists the feeds of advisories with their age.
  public static final Operation<EmptyRequest, FeedsReply> FEEDS =
      Operation.get("feeds", "/feeds", EmptyRequest.class, FeedsReply.class)
          .access(Access.READ)
          .summary("List the feeds of advisories with their age");

  /// Refreshes the configured feeds.
  public static final Operation<EmptyRequest, FeedsRefreshReply> REFRESH_FEEDS =
      Operation.post("refreshFeeds", "/feeds", EmptyRequest.class, FeedsRefreshReply.class)
          .access(Access.ADMIN)
          .timeout(Operation.STORE_TIMEOUT)
          .summary("Refresh the configured feeds");

  /// Imports the file of a feed.
  public static final Operation<FeedImportRequest, FeedUpdateReply> IMPORT_FEED =
      Operation.put("importFeed", "/feeds/{feed}", FeedImportRequest.class, FeedUpdateReply.class)
          .access(Access.ADMIN)
          .timeout(Operation.STORE_TIMEOUT)
          .summary("Import the file of a feed");

  /// Fetches a feed from an address.
  public static final Operation<FeedFetchRequest, FeedUpdateReply> FETCH_FEED =
      Operation.post("fetchFeed", "/feeds/{feed}", FeedFetchRequest.class, FeedUpdateReply.class)
          .access(Access.ADMIN)
          .timeout(Operation.STORE_TIMEOUT)
          .summary("Fetch a feed from an address");

  /// Removes a feed.
  public static final Operation<FeedRemoveRequest, FeedRemoveReply> REMOVE_FEED =
      Operation.delete(
              "removeFeed", "/feeds/{feed}", FeedRemoveRequest.class, FeedRemoveReply.class)
          .access(Access.ADMIN)
          .timeout(Operation.STORE_TIMEOUT)
          .summary("Remove a feed");

  /// Returns the records under one id or alias.
  public static final Operation<AdvisoryRequest, AdvisoryReply> ADVISORY =
      Operation.get("advisory", "/advisories/{id}", AdvisoryRequest.class, AdvisoryReply.class)
          .access(Access.READ)
          .summary("Return the records under one id or alias");

  private FeedOperations() {}
}
