package lazaret.bench.evaluation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import lazaret.testkit.SharedData;
import lazaret.vetting.Bytes;
import lazaret.vetting.advisory.Advisory;
import lazaret.vetting.advisory.Feed;
import lazaret.vetting.advisory.FeedFormat;
import lazaret.vetting.advisory.feed.FeedOutcome;
import lazaret.vetting.advisory.feed.FeedReader;
import lazaret.vetting.advisory.feed.FeedSource;
import lazaret.vetting.archive.CrateArchive;
import lazaret.vetting.archive.InspectLimits;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.lockfile.Lockfile;
import org.jspecify.annotations.Nullable;

/// The shared data, read as the gate reads it.
///
/// @param data location of the data
/// @param rustSec RustSec's database
/// @param osv the OSV dump, including malicious-package records
record Shared(SharedData data, Feed rustSec, Feed osv) {
  private static final Instant MADE = Instant.parse("2026-11-24T00:00:00Z");

  /// Reads the feeds.
  static Shared of(SharedData data) {
    Path folder = data.folder().resolve("data");
    return new Shared(
        data,
        read("rustsec", null, bytes(folder.resolve("advisories/rustsec-advisory-db.tar.gz"))),
        read("osv", null, bytes(folder.resolve("osv/crates.io-all.zip"))));
  }

  /// Reads a feed.
  ///
  /// @throws IllegalStateException if the feed cannot be used
  static Feed read(String name, @Nullable FeedFormat format, Bytes file) {
    return switch (FeedReader.read(new FeedSource(name, format, "shared data", MADE), file)) {
      case FeedOutcome.Read(Feed feed, List<String> _) -> feed;
      case FeedOutcome.Refused(String why) ->
          throw new IllegalStateException("cannot read feed " + name + ": " + why);
    };
  }

  /// Reads a file below `data`.
  Bytes file(String path) {
    return bytes(data.folder().resolve("data").resolve(path));
  }

  /// Returns the files below a folder of `data`, sorted.
  List<Path> files(String path) {
    try (Stream<Path> all = Files.walk(data.folder().resolve("data").resolve(path))) {
      return all.filter(Files::isRegularFile).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list shared data in " + path, e);
    }
  }

  /// Returns the rows of an oracle, without comments.
  List<String[]> rows(String oracle) {
    return file("oracles/" + oracle)
        .text()
        .lines()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .map(line -> line.split("\t", -1))
        .toList();
  }

  /// Returns the lockfile that an oracle names: that of a project, or the one in the archive of a
  /// published program.
  Lockfile lockfile(String name) {
    String owner = name.substring(0, name.indexOf('/'));
    int dash = owner.lastIndexOf('-');
    if (dash < 0 || !Character.isDigit(owner.charAt(dash + 1))) {
      return Lockfile.parse(file("upstream/projects/" + name));
    }
    String crate = owner.substring(0, dash);
    Bytes archive = file("upstream/crates/" + crate + "/" + owner + ".crate");
    Map<String, Bytes> found = new HashMap<>();
    new CrateArchive(CrateName.parse(crate), CrateVersion.parse(owner.substring(dash + 1)), archive)
        .walk(
            InspectLimits.DEFAULT,
            (entry, content) -> {
              if (entry.path().equals("Cargo.lock")) {
                found.put("lock", content.read(1 << 20));
              }
            });
    return Lockfile.parse(found.getOrDefault("lock", Bytes.EMPTY));
  }

  /// Returns the records of a feed by id.
  static Map<String, Advisory> byId(Feed feed) {
    Map<String, Advisory> byId = new HashMap<>();
    feed.advisories().forEach(advisory -> byId.put(advisory.id(), advisory));
    return byId;
  }

  private static Bytes bytes(Path file) {
    try {
      return Bytes.of(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read shared data " + file, e);
    }
  }
}
