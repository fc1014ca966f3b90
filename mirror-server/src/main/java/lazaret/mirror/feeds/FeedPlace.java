package lazaret.mirror.feeds;

import java.net.URI;
import lazaret.vetting.advisory.FeedFormat;
import org.jspecify.annotations.Nullable;

/// Where a feed is to be had.
///
/// @param name its name in this installation
/// @param format the form of its records, or null where the bytes shall tell
/// @param place `http`, `https` or `file`
public record FeedPlace(String name, @Nullable FeedFormat format, URI place) {
  /// Tells whether it lies on a disk of this machine.
  public boolean isFile() {
    return "file".equals(place.getScheme());
  }
}
