package lazaret.bundle.exporting;

import java.util.List;
import lazaret.bundle.format.BundleStatement;
import lazaret.bundle.format.FeedChanges;

/// The content of a bundle of advisories.
///
/// @param update the number of the bundle, and the feeds that it has as a whole
/// @param feeds the changes of all feeds
public record AdvisoryChanges(BundleStatement.AdvisoryUpdate update, List<FeedChanges> feeds) {
  /// Copies the list.
  public AdvisoryChanges {
    feeds = List.copyOf(feeds);
  }
}
