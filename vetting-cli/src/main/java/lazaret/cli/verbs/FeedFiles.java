package lazaret.cli.verbs;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lazaret.cli.desk.CliException;
import lazaret.mirror.feeds.FeedFile;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.Excerpt;
import lazaret.vetting.MalformedException;
import lazaret.vetting.advisory.AdvisorySet;
import lazaret.vetting.advisory.Feed;
import lazaret.vetting.advisory.FeedInfo;
import lazaret.vetting.advisory.FeedOutcome;
import lazaret.vetting.advisory.FeedReader;
import lazaret.vetting.advisory.FeedSource;

/// Reads feeds from files and folders that the user names.
///
/// @param around where relative paths begin
/// @param cache where feeds are kept as they were read; empty where they are not
record FeedFiles(Surroundings around, Optional<FeedCache> cache) {
  /// Reads feeds as they lie on the disk.
  ///
  /// @throws CliException if one cannot be read or is no feed
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

  /// The records of a feed that was read before, from where and when they come this time.
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
