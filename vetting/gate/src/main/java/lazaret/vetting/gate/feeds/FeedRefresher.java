package lazaret.vetting.gate.feeds;

import java.util.List;

/// Fetches feeds from their addresses. Thread-safe; blocks.
public interface FeedRefresher {
  /// Refreshes the configured feeds.
  ///
  /// @param by the owner of the token, for the ledger
  /// @return the outcomes in the order of the configuration
  List<FeedUpdateReport> now(String by);

  /// Fetches one feed, configured or not.
  ///
  /// @param by the owner of the token, for the ledger
  FeedUpdateReport refresh(FeedLocation location, String by);
}
