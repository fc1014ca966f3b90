package lazaret.vetting.advisory;

import java.util.List;

/// A feed with all its records. Immutable.
///
/// @param info where it comes from and how current it is
/// @param advisories its records, each under the feed's name
public record Feed(FeedInfo info, List<Advisory> advisories) {
  /// Copies the list.
  public Feed {
    advisories = List.copyOf(advisories);
  }
}
