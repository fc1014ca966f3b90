package lazaret.vetting.deskapi.feeds;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The age of the feeds and the limits that apply to it.
///
/// @param state the state by the limits of the policy
/// @param detail one clause with the age
/// @param seconds the age of all feeds together in seconds; null if it is not known
/// @param warnSeconds the age in seconds above which replies carry a warning
/// @param stopSeconds the age in seconds above which versions without a decision are withheld
/// @param feeds the feeds
/// @param failing the names of the feeds whose last refresh failed
public record FeedStateInfo(
    FeedAgeInfo.State state,
    String detail,
    @Nullable Long seconds,
    long warnSeconds,
    long stopSeconds,
    List<AgedFeedInfo> feeds,
    List<String> failing) {
  public FeedStateInfo {
    feeds = List.copyOf(feeds);
    failing = List.copyOf(failing);
  }
}
