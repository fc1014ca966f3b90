package lazaret.vetting.gate.feeds;

import java.util.List;
import lazaret.vetting.advisory.FeedAge;
import lazaret.vetting.advisory.FeedAgeLimits;

/// The state of the advisory feeds.
///
/// @param age of the oldest one, which every verdict carries
/// @param feeds each of them, with its age
/// @param failing names of those whose last refresh failed
/// @param limits the ages from which feeds warn, and from which nothing is vetted by them
public record FeedState(
    FeedAge age, List<FeedAge> feeds, List<String> failing, FeedAgeLimits limits) {
  /// Copies the lists.
  public FeedState {
    feeds = List.copyOf(feeds);
    failing = List.copyOf(failing);
  }
}
