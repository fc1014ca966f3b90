package lazaret.vetting.advisory.feed;

import java.util.List;
import lazaret.vetting.advisory.Feed;

/// The result of reading a feed.
public sealed interface FeedOutcome {
  /// The feed was read.
  ///
  /// @param feed the feed
  /// @param complaints faults of records that could not be read, one sentence each, at most
  ///   [FeedReader#MAX_COMPLAINTS]
  record Read(Feed feed, List<String> complaints) implements FeedOutcome {
    /// Copies the list.
    public Read {
      complaints = List.copyOf(complaints);
    }
  }

  /// The feed cannot be used; the previous one stays in force.
  ///
  /// @param why expected and found content, in lower case, printable
  record Refused(String why) implements FeedOutcome {}
}
