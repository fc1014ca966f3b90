package lazaret.cli.lockfile;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.CodeSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import java.util.zip.Checksum;
import lazaret.cli.command.CliEnvironment;
import lazaret.storage.files.PrivateFiles;
import lazaret.storage.files.UserFolders;
import lazaret.storage.record.FeedCodec;
import lazaret.vetting.Bytes;
import lazaret.vetting.LazaretException;
import lazaret.vetting.advisory.Feed;
import lazaret.vetting.advisory.feed.FeedReader;
import lazaret.vetting.gate.store.StoredFeed;
import lazaret.vetting.index.Validators;
import org.jspecify.annotations.Nullable;

/// A cache of parsed feeds in the user's cache folder. Parsing the records of a feed takes several
/// times as long as the rest of a `verify`. The cache only saves time: an unusable folder or file
/// counts as absent.
///
/// @param folder the folder of the files
/// @param program an identifier of the build of the program, because another build may read more
///   fields of a record
record FeedCache(Path folder, String program) {
  private static final String SUFFIX = ".feed";

  /// The maximum number of cached feeds. The oldest are removed.
  static final int MAX_FILES = 8;

  /// The minimum size in bytes. Parsing a shorter feed is as fast as reading it from the cache.
  static final int LEAST_BYTES = 32 << 10;

  /// Returns the cache of the user, according to the XDG Base Directory Specification. The result
  /// is empty if the build of the program is unknown, for example if it runs from a folder of
  /// classes.
  static Optional<FeedCache> of(CliEnvironment around) {
    Path cache = new UserFolders(around.environment(), around.home()).cache().orElseThrow();
    return Optional.ofNullable(build()).map(build -> new FeedCache(cache.resolve("feeds"), build));
  }

  /// Returns the feed that was parsed from these bytes under this name, or empty if it is not
  /// cached.
  Optional<Feed> find(String name, Bytes file) {
    if (file.length() < LEAST_BYTES) {
      return Optional.empty();
    }
    try {
      Feed feed = FeedCodec.decode(Files.readAllBytes(location(name, file))).feed();
      return Optional.of(feed).filter(f -> f.info().name().equals(name));
    } catch (IOException | LazaretException _) {
      return Optional.empty();
    }
  }

  /// Stores the feed that was parsed from these bytes. Failures are ignored.
  void keep(Feed feed, Bytes file) {
    if (file.length() < LEAST_BYTES) {
      return;
    }
    try {
      Files.createDirectories(folder);
      byte[] record = FeedCodec.encode(new StoredFeed(feed, Validators.NONE));
      PrivateFiles.replace(location(feed.info().name(), file), Bytes.of(record));
      sweep();
    } catch (IOException _) {
      // The feed is parsed again the next time.
    }
  }

  private void sweep() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> oldest =
          files
              .filter(f -> f.toString().endsWith(SUFFIX))
              .sorted(Comparator.comparing(FeedCache::changed).reversed())
              .skip(MAX_FILES)
              .toList();
      for (Path file : oldest) {
        Files.deleteIfExists(file);
      }
    }
  }

  private static FileTime changed(Path file) {
    try {
      return Files.getLastModifiedTime(file);
    } catch (IOException _) {
      return FileTime.fromMillis(0);
    }
  }

  /// Returns the path of a cached feed. It contains two checksums of 32 bits, because a digest
  /// would take a tenth of the time of the whole command. An attacker who can forge both could also
  /// leave the old feed in place.
  private Path location(String name, Bytes file) {
    return folder.resolve(
        String.join(
            "-",
            name,
            Integer.toHexString(file.length()),
            sum(new CRC32(), file),
            sum(new CRC32C(), file),
            program + SUFFIX));
  }

  private static String sum(Checksum sum, Bytes file) {
    sum.update(file.array(), 0, file.length());
    return Long.toHexString(sum.getValue());
  }

  private static @Nullable String build() {
    CodeSource source = FeedReader.class.getProtectionDomain().getCodeSource();
    if (source == null || source.getLocation() == null) {
      return null;
    }
    try {
      Path jar = Path.of(source.getLocation().toURI());
      return Files.isRegularFile(jar)
          ? Long.toHexString(Files.size(jar))
              + '-'
              + Long.toHexString(Files.getLastModifiedTime(jar).toMillis())
          : null;
    } catch (IOException | URISyntaxException | IllegalArgumentException _) {
      return null;
    }
  }
}
