package lazaret.cli.verbs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import lazaret.cli.desk.CliException;
import lazaret.vetting.Bytes;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.advisory.AdvisorySet;
import lazaret.vetting.advisory.Feed;
import lazaret.vetting.advisory.FeedOutcome;
import lazaret.vetting.advisory.FeedReader;
import lazaret.vetting.advisory.FeedSource;
import org.jspecify.annotations.Nullable;

/// Reads feeds from files that the user names.
///
/// @param around where relative paths begin
record FeedFiles(Surroundings around) {
  /// Reads feeds. Their age counts from when the file was last changed, since nothing else tells
  /// when its source was asked.
  ///
  /// @throws CliException if a file cannot be read or is no feed
  AdvisorySet read(List<Path> files) {
    List<Feed> feeds = new ArrayList<>();
    for (Path file : files) {
      switch (read(file, "feed-" + (feeds.size() + 1))) {
        case FeedOutcome.Read(Feed feed, var _) -> feeds.add(feed);
        case FeedOutcome.Refused(String why) -> throw unreadable(file, why, null);
      }
    }
    return AdvisorySet.of(feeds);
  }

  private FeedOutcome read(Path named, String name) {
    Path file = around.path(named);
    try (var in = Files.newInputStream(file)) {
      Bytes bytes = Bytes.of(in.readNBytes(FeedReader.MAX_BYTES + 1));
      FeedSource source =
          new FeedSource(name, null, named.toString(), Files.getLastModifiedTime(file).toInstant());
      return FeedReader.read(source, bytes);
    } catch (IOException e) {
      String why = Files.isDirectory(file) ? "it is a folder; name an archive of it" : message(e);
      throw unreadable(named, why, e);
    }
  }

  private static String message(IOException e) {
    return Objects.requireNonNullElse(e.getMessage(), e.getClass().getSimpleName());
  }

  private static CliException unreadable(Path file, String why, @Nullable Exception cause) {
    return new CliException(
        ErrorCode.MALFORMED_INPUT, "cannot read the feed '%s': %s".formatted(file, why), cause);
  }
}
