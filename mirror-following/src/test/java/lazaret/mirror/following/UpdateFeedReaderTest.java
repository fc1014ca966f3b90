package lazaret.mirror.following;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import lazaret.testkit.Mutator;
import lazaret.vetting.Bytes;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UpdateFeedReaderTest {
  private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

  @TempDir Path folder;

  private static List<UpdateFeedEntry> read(String text) {
    return UpdateFeedReader.read(Bytes.utf8(text));
  }

  private static String rss(String... items) {
    return FeedText.rss(List.of(items)).text();
  }

  private static UpdateFeedEntry entry(String name, String version, Instant published) {
    return new UpdateFeedEntry(CrateName.parse(name), CrateVersion.parse(version), published);
  }

  @Test
  void readsVersionsInTheOrderOfTheFile() {
    String feed =
        rss(
            FeedText.item("serde", "1.0.1", NOON),
            FeedText.item("tokio-util", "0.7.0-rc.1+x", NOON.minusSeconds(60)));

    assertThat(read(feed))
        .containsExactly(
            entry("serde", "1.0.1", NOON),
            entry("tokio-util", "0.7.0-rc.1+x", NOON.minusSeconds(60)));
  }

  @Test
  void readsNewCratesWithoutVersions() {
    assertThat(read(rss(FeedText.item("serde", null, NOON))))
        .containsExactly(new UpdateFeedEntry(CrateName.parse("serde"), null, NOON));
  }

  @Test
  void readsDatesWithAnOffset() {
    String item = FeedText.item("serde", "1.0.1", NOON).replace("12:00:00 GMT", "14:00:00 +0200");

    assertThat(read(rss(item))).containsExactly(entry("serde", "1.0.1", NOON));
  }

  @Test
  void readsAFeedWithoutItems() {
    assertThat(read(rss())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<crates:name>../etc</crates:name><crates:version>1.0.0</crates:version>",
        "<crates:name>serde</crates:name><crates:version>one</crates:version>",
        "<crates:name></crates:name><crates:version>1.0.0</crates:version>",
        "<name>serde</name><version>1.0.0</version>",
        "<crates:version>1.0.0</crates:version>"
      })
  void ignoresItemsOfAnotherForm(String fields) {
    String other = "<item>" + fields + "<pubDate>Tue, 24 Nov 2026 12:00:00 GMT</pubDate></item>";

    assertThat(read(rss(other, FeedText.item("serde", "1.0.1", NOON))))
        .containsExactly(entry("serde", "1.0.1", NOON));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "yesterday", "2026-11-24T12:00:00Z", "Tue, 24 Nov 2026"})
  void ignoresItemsWithAnotherDate(String date) {
    String other =
        FeedText.item("tokio", "1.0.0", NOON).replaceFirst("<pubDate>[^<]*", "<pubDate>" + date);

    assertThat(read(rss(other, FeedText.item("serde", "1.0.1", NOON))))
        .containsExactly(entry("serde", "1.0.1", NOON));
  }

  @Test
  void refusesAFeedNoneOfWhoseItemsCanBeRead() {
    assertThatThrownBy(() -> read(rss("<item><title>serde 1.0.1</title></item>")))
        .isInstanceOf(MalformedException.class)
        .hasMessageStartingWith("cannot read the feed of the registry: expected items");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "not xml",
        "{\"rss\": {}}",
        "<html><body>Bad gateway</body></html>",
        "<feed xmlns='http://www.w3.org/2005/Atom'/>",
        "<rss><channel>",
        "<rss/><rss/>",
        "<rss><channel>&undeclared;</channel></rss>"
      })
  void refusesOtherTexts(String text) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(MalformedException.class)
        .hasMessageStartingWith("cannot read the feed of the registry: expected ");
  }

  @Test
  void refusesADocumentType() {
    assertRefused("<!DOCTYPE rss>", "");
    assertRefused("<!DOCTYPE rss [<!ENTITY x \"y\">]>", "&x;");
  }

  @Test
  void refusesEntitiesThatGrow() {
    StringBuilder types = new StringBuilder("<!DOCTYPE rss [<!ENTITY a0 \"lol\">");
    for (int i = 1; i < 12; i++) {
      types.append("<!ENTITY a").append(i).append(" \"");
      types.append(("&a" + (i - 1) + ";").repeat(10)).append("\">");
    }
    assertRefused(types.append("]>").toString(), "&a11;");
  }

  @Test
  void readsNoOtherFile() throws IOException {
    Path secret = Files.writeString(folder.resolve("secret"), "serde");
    String address = secret.toUri().toString();

    assertRefused("<!DOCTYPE rss SYSTEM \"" + address + "\">", "");
    assertRefused("<!DOCTYPE rss [<!ENTITY x SYSTEM \"" + address + "\">]>", "&x;");
    assertRefused("<!DOCTYPE rss [<!ENTITY % x SYSTEM \"" + address + "\"> %x;]>", "");
  }

  /// Asserts that a feed is refused because of its document type.
  private static void assertRefused(String documentType, String title) {
    String item = FeedText.item("serde", "1.0.1", NOON).replace("<title>", "<title>" + title);
    String feed = rss(item).replaceFirst("<rss", documentType.replace("\\", "\\\\") + "<rss");

    assertThatThrownBy(() -> read(feed))
        .isInstanceOf(MalformedException.class)
        .hasMessageStartingWith("cannot read the feed of the registry: expected ")
        .hasMessageNotContaining("lol");
  }

  @Test
  void refusesDeepNesting() {
    assertThatThrownBy(() -> read(rss("<a>".repeat(100) + "</a>".repeat(100))))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining("levels");
  }

  @Test
  void refusesTooManyItems() {
    String items = "<item/>".repeat(UpdateFeedReader.MAX_ITEMS + 1);

    assertThatThrownBy(() -> read(rss(items)))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining("items");
  }

  @Test
  void ignoresLongTexts() {
    String version = "1.0.0-" + "a".repeat(999);
    String feed = rss(FeedText.item("tokio", version, NOON), FeedText.item("serde", "1.0.1", NOON));

    assertThat(read(feed)).containsExactly(entry("serde", "1.0.1", NOON));
  }

  @Test
  void readsOtherEncodingsAsUtf8Alone() {
    byte[] text = rss(FeedText.item("serde", "1.0.1", NOON)).getBytes(StandardCharsets.UTF_16);

    assertThatThrownBy(() -> UpdateFeedReader.read(Bytes.of(text)))
        .isInstanceOf(MalformedException.class);
  }

  @Test
  void anyBytesGiveEntriesOrAnError() {
    byte[] feed =
        rss(FeedText.item("serde", "1.0.1", NOON), FeedText.item("tokio", "1.40.0", NOON))
            .getBytes(StandardCharsets.UTF_8);
    List<UpdateFeedEntry> found = new ArrayList<>();
    for (long seed = 1; seed <= 3; seed++) {
      Mutator mutator = new Mutator(seed);
      for (int i = 0; i < Mutator.rounds(2_000); i++) {
        try {
          found.addAll(UpdateFeedReader.read(Bytes.of(mutator.mutate(feed))));
        } catch (MalformedException _) {
          // The only error that a reader may throw.
        }
      }
    }
    assertThat(found).hasSizeGreaterThan(100);
  }
}
