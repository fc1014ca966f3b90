package lazaret.bundle.format;

import static lazaret.bundle.format.Formats.assertRefused;
import static lazaret.bundle.format.Formats.feed;
import static lazaret.bundle.format.Formats.statement;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import lazaret.bundle.BundleCode;
import lazaret.testkit.SharedData;
import lazaret.vetting.Bytes;
import lazaret.vetting.advisory.Feed;
import lazaret.vetting.advisory.feed.FeedOutcome;
import lazaret.vetting.advisory.feed.FeedReader;
import lazaret.vetting.advisory.feed.FeedSource;
import lazaret.vetting.snapshot.SnapshotKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StatementAndFeedsTest {
  @ParameterizedTest
  @EnumSource(SnapshotKind.class)
  void readsTheStatementThatItWrote(SnapshotKind kind) {
    BundleStatement bundle = statement(kind);
    assertThat(BundleStatement.parse(bundle.file())).isEqualTo(bundle);
    assertThat(bundle.folder())
        .isEqualTo(
            "prod-e1-00000042-" + kind.code() + (kind == SnapshotKind.ADVISORIES ? "-3" : ""));
    assertThat(bundle.file().text())
        .contains(
            kind == SnapshotKind.ADVISORIES ? "\"requires\":[\"advisories\"]" : "\"requires\":[]");
  }

  private static void refused(BundleCode code, String message, String from, String to) {
    String good = statement(SnapshotKind.DELTA).file().text();
    String bad = good.replace(from, to);
    assertThat(bad).isNotEqualTo(good);
    assertRefused(code, message, () -> BundleStatement.parse(Bytes.utf8(bad)));
  }

  @Test
  void refusesStatementsOfLaterFormats() {
    BundleCode code = BundleCode.BUNDLE_FORMAT_UNSUPPORTED;
    refused(code, "knows format 1; update it", "\"format\":1", "\"format\":2");
    refused(code, "[thin]", "\"requires\":[]", "\"requires\":[\"thin\"]");
  }

  @Test
  void refusesStatementsInAnyOtherForm() {
    BundleCode malformed = BundleCode.METADATA_MALFORMED;
    refused(malformed, "uplicate", "\"epoch\":1", "\"epoch\":1,\"epoch\":1");
    refused(malformed, "the canonical form", "\"epoch\":1", "\"epoch\": 1");
    refused(malformed, "the canonical form", "\"epoch\":1", "\"else\":1,\"epoch\":1");
    refused(malformed, "epoch 0", "\"epoch\":1", "\"epoch\":0");
    refused(malformed, "no full of epoch 1", "\"kind\":\"delta\"", "\"kind\":\"full\"");
    refused(
        malformed,
        "full, delta, revocation or advisories",
        "\"kind\":\"delta\"",
        "\"kind\":\"thin\"");
    refused(malformed, "no delta of epoch 1", "\"sequence\":42", "\"sequence\":41");
    refused(malformed, "ascending order", "\"sequence\":41", "\"sequence\":40");
    refused(malformed, "count and digest", "serde 1.0.0", "serde 1.0.1");
    refused(malformed, "a moment like", "12:00:00Z\"", "12:00:00.0Z\"");
    refused(malformed, "a UUID and a name", "\"name\":\"prod\"", "\"name\":\"../x\"");
    refused(malformed, "64 lower-case", "\"stateRoot\":\"", "\"stateRoot\":\"A");
  }

  @Test
  void readsTheFeedsThatItWrote() throws IOException {
    assertSame(List.of(feed("osv"), feed("own")));
    assertSame(List.of());
  }

  private static void assertSame(List<Feed> feeds) throws IOException {
    List<FeedHeader> headers = new ArrayList<>();
    Formats.Table table = Formats.table(out -> headers.addAll(AdvisoryTable.write(out, feeds)));
    try (TableLineReader in = table.open()) {
      assertThat(AdvisoryTable.read(in, headers)).isEqualTo(feeds);
    }
  }

  @Test
  void readsRealFeedsAsTheyWere() throws IOException {
    Path folder = SharedData.find().map(SharedData::folder).orElse(Path.of("none"));
    List<Feed> feeds = new ArrayList<>();
    for (String place : List.of("osv", "osv-malicious", "advisories")) {
      if (Files.isDirectory(folder.resolve("data").resolve(place))) {
        try (Stream<Path> files = Files.walk(folder.resolve("data").resolve(place), 2)) {
          for (Path file : files.filter(Files::isRegularFile).sorted().limit(90).toList()) {
            var source = new FeedSource("f" + feeds.size(), null, "a file", Formats.NOW);
            if (FeedReader.read(source, Bytes.of(Files.readAllBytes(file)))
                instanceof FeedOutcome.Read read) {
              feeds.add(read.feed());
            }
          }
        }
      }
    }
    assumeTrue(!feeds.isEmpty(), "no shared feeds");
    assertSame(feeds);
  }

  @Test
  void refusesFeedsThatAreNotTheSignedOnes() throws IOException {
    List<FeedHeader> headers = new ArrayList<>();
    String text =
        Formats.table(out -> headers.addAll(AdvisoryTable.write(out, List.of(feed("osv")))))
            .unpacked();
    for (String bad :
        List.of(
            text.lines().findFirst().orElseThrow(),
            text.replace("unsound", "notice"),
            text.replace("\"feed\":\"osv\"", "\"feed\":\"new\""),
            text.replace("RUSTSEC", "RUSTSE\\u0043"),
            text.replace("\"introduced\":\"0\"", "\"introduced\":\"x\""),
            text.replace("\"kind\":\"sha256\"", "\"kind\":\"md5\""),
            text.replace("\"events\":[", "\"events\":[],\"x\":["),
            text + "{}")) {
      assertThat(bad).isNotEqualTo(text);
      assertRefused(
          BundleCode.TABLE_MALFORMED,
          "cannot read advisories",
          () -> AdvisoryTable.read(Formats.text(bad).open(), headers));
    }
  }
}
