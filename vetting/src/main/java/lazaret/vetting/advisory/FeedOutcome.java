package lazaret.vetting.advisory;

import java.util.List;

/// How reading a feed ended.
public sealed interface FeedOutcome {
  /// The feed was read.
  ///
  /// @param feed the feed
  /// @param complaints what could not be read, one sentence each, at most
  ///   [FeedReader#MAX_COMPLAINTS] of them
  record Read(Feed feed, List<String> complaints) implements FeedOutcome {
    /// Copies the list.
    public Read {
      complaints = List.copyOf(complaints);
    }
  }

  /// The feed cannot be used; what was known before stays.
  ///
  /// @param why what was expected and found, lower case, printable
  record Refused(String why) implements FeedOutcome {}
}
