package lazaret.cli.lockfile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import lazaret.vetting.Bytes;
import lazaret.vetting.advisory.Feed;
import lazaret.vetting.advisory.feed.FeedOutcome;
import lazaret.vetting.advisory.feed.FeedReader;
import lazaret.vetting.advisory.feed.FeedSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeedCacheTest {
  private static final String RECORD =
      """
      {"id": "MAL-2026-1", "modified": "2026-11-20T00:00:00Z", "published": "2026-11-20T00:00:00Z",
       "summary": "steals keys", "affected": [{"package": {"ecosystem": "crates.io", "name": "bad"},
       "versions": ["1.0.0"], "ranges": [{"type": "SEMVER", "events":
       [{"introduced": "2.0.0-rc.1"}, {"fixed": "2.1.0"}]}]}]}
      """;

  @TempDir Path folder;

  @Test
  void givesBackWhatWasRead() {
    FeedCache cache = new FeedCache(folder.resolve("feeds"), "program");
    Bytes file = file("");
    Feed feed = read("feed-1", file);
    assertThat(cache.find("feed-1", file)).isEmpty();

    cache.keep(feed, file);

    assertThat(cache.find("feed-1", file)).contains(feed);
  }

  @Test
  void knowsNothingOfOtherBytesOrUnderAnotherName() {
    FeedCache cache = new FeedCache(folder, "program");
    cache.keep(read("feed-1", file("")), file(""));

    assertThat(cache.find("feed-1", file(" "))).isEmpty();
    assertThat(cache.find("feed-2", file(""))).isEmpty();
  }

  @Test
  void anotherBuildOfTheProgramReadsAnew() {
    new FeedCache(folder, "one").keep(read("feed-1", file("")), file(""));

    assertThat(new FeedCache(folder, "other").find("feed-1", file(""))).isEmpty();
  }

  @Test
  void aDamagedFileIsAsIfItWereNotThere() throws IOException {
    FeedCache cache = new FeedCache(folder, "program");
    cache.keep(read("feed-1", file("")), file(""));
    Path kept = files().getFirst();
    byte[] bytes = Files.readAllBytes(kept);
    bytes[bytes.length / 2] ^= 1;
    Files.write(kept, bytes);

    assertThat(cache.find("feed-1", file(""))).isEmpty();

    cache.keep(read("feed-1", file("")), file(""));
    assertThat(cache.find("feed-1", file(""))).isPresent();
  }

  @Test
  void keepsAFewAndNothingThatIsShort() {
    FeedCache cache = new FeedCache(folder, "program");
    for (int i = 0; i < FeedCache.MAX_FILES + 3; i++) {
      cache.keep(read("feed-1", file(" ".repeat(i))), file(" ".repeat(i)));
    }
    Bytes small = Bytes.utf8(RECORD);
    cache.keep(read("feed-1", small), small);

    assertThat(files()).hasSize(FeedCache.MAX_FILES);
    assertThat(cache.find("feed-1", small)).isEmpty();
  }

  @Test
  void aFolderThatCannotBeMadeKeepsNothing() throws IOException {
    Path taken = Files.createFile(folder.resolve("taken"));
    FeedCache cache = new FeedCache(taken.resolve("feeds"), "program");

    cache.keep(read("feed-1", file("")), file(""));

    assertThat(cache.find("feed-1", file(""))).isEmpty();
  }

  private List<Path> files() {
    try (Stream<Path> all = Files.list(folder)) {
      return all.toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Bytes file(String more) {
    return Bytes.utf8(RECORD + " ".repeat(FeedCache.LEAST_BYTES) + more);
  }

  private static Feed read(String name, Bytes file) {
    FeedSource source = new FeedSource(name, null, "all.json", Instant.EPOCH);
    return switch (FeedReader.read(source, file)) {
      case FeedOutcome.Read(Feed feed, var _) -> feed;
      case FeedOutcome.Refused(String why) -> throw new AssertionError(why);
    };
  }
}
