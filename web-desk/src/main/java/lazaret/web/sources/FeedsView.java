package lazaret.web.sources;

import lazaret.vetting.deskapi.audits.AuditsReply;
import lazaret.vetting.deskapi.feeds.FeedAgeInfo;
import lazaret.vetting.deskapi.feeds.FeedsReply;
import lazaret.web.page.Feedback;
import org.jspecify.annotations.Nullable;

/// The content of the page about feeds and audits.
///
/// @param feeds the feeds
/// @param audits the imports of audits
/// @param administers whether the reader may refresh
/// @param say the result of the last form; null if there was none
public record FeedsView(
    FeedsReply feeds, AuditsReply audits, boolean administers, @Nullable Feedback say) {
  /// Returns the class of the mark of the age: `good`, `warn` or `bad`.
  public String level() {
    return switch (feeds.age().state()) {
      case FRESH -> "good";
      case NONE, QUIET, OLD -> "warn";
      case STALE -> "bad";
    };
  }

  /// Returns the state of all feeds in one word.
  public String word() {
    FeedAgeInfo.State state = feeds.age().state();
    return switch (state) {
      case NONE -> "No feed";
      case FRESH -> "Fresh";
      case QUIET -> "Quiet";
      case OLD -> "Old";
      case STALE -> "Stale";
    };
  }
}
