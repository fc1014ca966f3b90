package lazaret.vetting.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import lazaret.vetting.Bytes;
import lazaret.vetting.FuzzHarness;
import lazaret.vetting.OracleData;
import lazaret.vetting.crates.CrateName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Tests that stored lines have the same values when they are read again.
class StoredLineReaderTest {
  private static final CrateName DEMO = CrateName.parse("demo");
  private static final String CKSUM = "ab".repeat(32);

  /// A line with every key of the schema, and with values that are hard to skip.
  private static final String FULL =
      """
      {"name":"demo","vers":"1.0.0-rc.1+b","deps":[{"name":"a\\"]}","req":"^1, <2","features":["x"],\
      "optional":true,"default_features":false,"target":"cfg(any(a, \\"}\\"))","kind":"build",\
      "package":"b"}],"cksum":"%s","features":{"\\\\":["é","}"]},"yanked":true,"links":"z",\
      "rust_version":"1.85","pubtime":"2026-01-31T12:34:56Z","v":2,"features2":{"y":["dep:b"]}}\
      """
          .formatted(CKSUM);

  @Test
  void readsAllLinesOfARealRegistryAsTheyWereReadFirst() {
    for (Path path : OracleData.files("upstream/index")) {
      CrateName name = CrateName.parse(OracleData.nameOf(path));
      Bytes body = OracleData.read(path);

      assertThat(IndexFile.stored(name, body).map(Said::of))
          .as("%s", path)
          .contains(Said.of(IndexFile.parse(name, body, IndexLimits.DEFAULT).entries()));
    }
  }

  @Test
  void readsEveryKeyAsItWasReadFirst() {
    List<IndexEntry> first = parse(FULL);

    assertThat(first).hasSize(1);
    assertThat(held(FULL)).contains(Said.of(first));
    assertThat(first.getFirst().deps()).hasSize(1);
  }

  @Test
  void readsEveryGoodLineOfHostileFilesAsItWasReadFirst() {
    FuzzHarness.run(
        "index-file",
        input -> {
          List<IndexEntry> first =
              IndexFile.parse(DEMO, input, IndexLimits.DEFAULT).entries().stream()
                  .filter(entry -> entry.name().equals(DEMO))
                  .toList();
          String good =
              first.stream().map(e -> e.raw().text() + "\n").collect(Collectors.joining());
          IndexFile.stored(DEMO, Bytes.utf8(good))
              .ifPresent(again -> assertThat(Said.of(again)).isEqualTo(Said.of(first)));
          // Any input is read or left; none causes an exception.
          IndexFile.stored(DEMO, input).ifPresent(again -> assertThat(again).isNotNull());
        },
        ",\"yanked\":true",
        "\"v\":2",
        "\"links\":null",
        "\"pubtime\":\"2026-01-31T12:34:56Z\"",
        "\"yank\\u0065d\":null",
        "\\",
        "]",
        "}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"yanked\":false,\"yanked\":true",
        "\"vers\":\"9.9.9\"",
        "\"cksum\":\"x\"",
        "\"deps\":[]",
        "\"name\":\"demo\"",
        "\"features\":{},\"features\":{}",
        "\"new\":1",
        "\"new\":1,\"new\":2",
        "\"y\\u0061nked\":true",
        "\"pubtime\":\"2026-02-30T00:00:00Z\"",
        "\"pubtime\":\"2026-01-31T24:00:00Z\"",
        "\"pubtime\":\"2026-01-31 12:00:00Z\"",
        "\"pubtime\":\"+026-01-31T12:00:00Z\"",
        "\"pubtime\":1",
        "\"v\":10",
        "\"v\":-1",
        "\"v\":null",
        "\"links\":\"\\ud800\"",
        "\"links\":\"é\"",
        "\"yanked\":1",
        "\"yanked\": true"
      })
  void leavesWhatIsWrittenInAnotherWayToTheReaderOfEverything(String more) {
    assertThat(held(line(more))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "{\"name\":\"demo\"}",
        "<html>",
        "{\"name\":\"demo\",\"vers\":\"1.0.0\",\"deps\":[",
        "{\"name\":\"demo\",\"vers\":\"1.0.0\",\"deps\":[\"",
      })
  void leavesWhatIsNoLine(String text) {
    assertThat(held(text)).isEmpty();
  }

  @Test
  void leavesLinesOfAnotherSpellingAndWhatFollowsALine() {
    String good = line("\"yanked\":false");

    assertThat(held(good)).isPresent();
    assertThat(held(good.replace("demo", "Demo"))).isEmpty();
    assertThat(held(good + " ")).isEmpty();
    assertThat(held(good + "{}")).isEmpty();
    assertThat(held(good + "\r")).isEmpty();
    assertThat(held(good + "\n")).isEmpty();
    assertThat(IndexFile.stored(DEMO, Bytes.utf8(good))).isEmpty();
  }

  private static String line(String more) {
    return "{\"name\":\"demo\",\"vers\":\"1.0.0\",\"deps\":[],\"cksum\":\""
        + CKSUM
        + "\",\"features\":{},"
        + more
        + "}";
  }

  private static List<IndexEntry> parse(String line) {
    return IndexFile.parse(DEMO, Bytes.utf8(line + "\n"), IndexLimits.DEFAULT).entries();
  }

  private static Optional<List<Said>> held(String line) {
    return IndexFile.stored(DEMO, Bytes.utf8(line + "\n")).map(Said::of);
  }
}
