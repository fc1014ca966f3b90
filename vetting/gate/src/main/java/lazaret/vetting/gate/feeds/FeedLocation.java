package lazaret.vetting.gate.feeds;

import java.net.URI;
import lazaret.vetting.advisory.FeedFormat;
import org.jspecify.annotations.Nullable;

/// The location of a feed.
///
/// @param name its name in this installation
/// @param format the form of its records; null to detect it from the bytes
/// @param location `http`, `https` or `file`
public record FeedLocation(String name, @Nullable FeedFormat format, URI location) {
  /// Returns whether it is on a disk of this machine.
  public boolean isFile() {
    return "file".equals(location.getScheme());
  }
}
