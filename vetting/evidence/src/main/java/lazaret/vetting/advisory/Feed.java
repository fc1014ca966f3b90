package lazaret.vetting.advisory;

import java.util.List;

/// A feed with all its records. Immutable.
///
/// @param info origin and age of the feed
/// @param advisories records, each with the name of the feed
public record Feed(FeedInfo info, List<Advisory> advisories) {
  /// Copies the list.
  public Feed {
    advisories = List.copyOf(advisories);
  }
}
