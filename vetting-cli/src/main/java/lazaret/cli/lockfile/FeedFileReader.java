package lazaret.cli.lockfile;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lazaret.cli.command.CliEnvironment;
import lazaret.cli.desk.CliException;
import lazaret.mirror.feeds.FeedFile;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.Excerpt;
import lazaret.vetting.MalformedException;
import lazaret.vetting.advisory.AdvisorySet;
import lazaret.vetting.advisory.Feed;
import lazaret.vetting.advisory.FeedInfo;
import lazaret.vetting.advisory.feed.FeedOutcome;
import lazaret.vetting.advisory.feed.FeedReader;
import lazaret.vetting.advisory.feed.FeedSource;

/// A reader of feeds in files and folders that the user names.
///
/// @param around the environment, with the folder for relative paths
/// @param cache the cache of parsed feeds, or empty for none
record FeedFileReader(CliEnvironment around, Optional<FeedCache> cache) {
  /// Reads feeds.
  ///
  /// @throws CliException if a feed cannot be read or is malformed
  AdvisorySet read(List<Path> files) {
    List<Feed> feeds = new ArrayList<>();
    for (Path file : files) {
      feeds.add(read(file, "feed-" + (feeds.size() + 1)));
    }
    return AdvisorySet.of(feeds);
  }

  private Feed read(Path named, String name) {
    FeedFile file = file(named);
    FeedSource source = new FeedSource(name, null, named.toString(), file.asOf());
    Optional<Feed> known = cache.flatMap(c -> c.find(name, file.content()));
    if (known.isPresent()) {
      return from(source, known.get());
    }
    return switch (FeedReader.read(source, file.content())) {
      case FeedOutcome.Read(Feed feed, var _) -> {
        cache.ifPresent(c -> c.keep(feed, file.content()));
        yield feed;
      }
      case FeedOutcome.Refused(String why) ->
          throw new CliException(
              ErrorCode.MALFORMED_INPUT, "cannot read the feed '%s': %s".formatted(named, why));
    };
  }

  /// Returns a cached feed with the origin and time of the file that is read now.
  private static Feed from(FeedSource source, Feed known) {
    FeedInfo info = known.info();
    return new Feed(
        new FeedInfo(
            info.name(),
            info.format(),
            Excerpt.of(source.origin()),
            source.asOf(),
            info.newest(),
            info.records(),
            info.skipped()),
        known.advisories());
  }

  private FeedFile file(Path named) {
    try {
      return FeedFile.read(around.path(named));
    } catch (MalformedException e) {
      throw new CliException(ErrorCode.MALFORMED_INPUT, String.valueOf(e.getMessage()), e);
    }
  }
}
