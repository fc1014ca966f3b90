package lazaret.vetting.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import lazaret.vetting.Bytes;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CratesIo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class IndexFileTest {
  private static final String CKSUM = "ab".repeat(32);
  private static final CrateName DEMO = CrateName.parse("demo");

  /// A line with all required keys, and more before the closing brace.
  private static String line(String vers, String more) {
    return "{\"name\":\"demo\",\"vers\":\"%s\",\"deps\":[],\"cksum\":\"%s\",\"features\":{}%s}"
        .formatted(vers, CKSUM, more);
  }

  private static String line(String vers) {
    return line(vers, "");
  }

  private static String dep(String fields) {
    return line("1.0.1").replace("\"deps\":[]", "\"deps\":[{" + fields + "}]");
  }

  private static IndexFile parse(String body) {
    return IndexFile.parse(DEMO, Bytes.utf8(body), IndexLimits.DEFAULT);
  }

  /// Parses an invalid line between two valid ones.
  private static OmittedLine leftOut(String line) {
    return leftOut(line.getBytes(StandardCharsets.UTF_8));
  }

  private static OmittedLine leftOut(byte[] line) {
    byte[] before = (line("0.1.0") + "\n").getBytes(StandardCharsets.UTF_8);
    byte[] after = ("\n" + line("9.0.0") + "\n").getBytes(StandardCharsets.UTF_8);
    byte[] body = new byte[before.length + line.length + after.length];
    System.arraycopy(before, 0, body, 0, before.length);
    System.arraycopy(line, 0, body, before.length, line.length);
    System.arraycopy(after, 0, body, before.length + line.length, after.length);

    IndexFile file = IndexFile.parse(DEMO, Bytes.of(body), IndexLimits.DEFAULT);

    assertThat(file.entries())
        .extracting(entry -> entry.version().text())
        .containsExactly("0.1.0", "9.0.0");
    assertThat(file.omitted()).hasSize(1);
    assertThat(file.omitted().getFirst().line()).isEqualTo(2);
    return file.omitted().getFirst();
  }

  /// Bodies that a proxy, a wrong cache or chance sends instead of the file of `demo`.
  static Stream<Bytes> unusable() {
    byte[] random = new byte[4_000];
    new Random(15).nextBytes(random);
    return Stream.of(
        Bytes.utf8(line("1.0.0").replace("\"demo\"", "\"other\"") + "\n"),
        Bytes.utf8(
            line("1.0.0").replace("\"demo\"", "\"other\"")
                + "\n"
                + line("1.0.1").replace("\"demo\"", "\"other\"")
                + "\n"),
        Bytes.of(random),
        Bytes.utf8("\u0001\u0002\n\u0003\n"),
        Bytes.utf8("<html><body>Service Unavailable</body></html>\n"),
        Bytes.utf8("{\"error\":\"not now\"}\n"),
        Bytes.utf8("[]\n"),
        Bytes.utf8("null\n"),
        Bytes.utf8("\n\n"),
        Bytes.EMPTY);
  }

  @ParameterizedTest
  @MethodSource("unusable")
  void aBodyWithoutAUsableLineOfTheCrateIsNoIndexFile(Bytes body) {
    assertThatThrownBy(() -> IndexFile.parse(DEMO, body, IndexLimits.DEFAULT))
        .isInstanceOf(MalformedException.class);
  }

  @Test
  void readsEveryFieldThatWeNeed() {
    String raw =
        "{\"name\":\"demo\",\"vers\":\"1.0.0-rc.1+x\",\"deps\":[{\"name\":\"_alias\",\"req\":\"^1.2\","
            + "\"features\":[\"std\"],\"optional\":true,\"default_features\":false,"
            + "\"target\":\"cfg(unix)\",\"kind\":\"build\",\"package\":\"Real\"},"
            + "{\"name\":\"plain\",\"req\":\"*\"}],\"cksum\":\""
            + CKSUM
            + "\",\"features\":{\"a\":[\"b\"],\"b\":[]},\"features2\":{\"a\":[\"dep:c\"]},"
            + "\"yanked\":true,\"links\":\"z\",\"rust_version\":\"1.85\","
            + "\"pubtime\":\"2026-01-31T12:34:56Z\",\"v\":2,\"blocked_reason\":{\"x\":[1,null]}}";

    IndexFile file = parse(raw + "\n");

    assertThat(file.omitted()).isEmpty();
    IndexEntry entry = file.entries().getFirst();
    assertThat(entry.raw()).isEqualTo(Bytes.utf8(raw));
    assertThat(entry.id()).hasToString("demo 1.0.0-rc.1+x (sha256 abababab..)");
    assertThat(entry.yanked()).isTrue();
    assertThat(entry.pubtime()).isEqualTo(Instant.parse("2026-01-31T12:34:56Z"));
    assertThat(entry.rustVersion()).isEqualTo("1.85");
    assertThat(entry.links()).isEqualTo("z");
    assertThat(entry.v()).isEqualTo(2);
    assertThat(entry.features()).isEqualTo(Map.of("a", List.of("b", "dep:c"), "b", List.of()));
    IndexDependency renamed = entry.deps().getFirst();
    assertThat(renamed.name()).isEqualTo("_alias");
    assertThat(renamed.packageName()).isEqualTo(CrateName.parse("Real"));
    assertThat(renamed.req().text()).isEqualTo("^1.2");
    assertThat(renamed.features()).containsExactly("std");
    assertThat(renamed.optional()).isTrue();
    assertThat(renamed.defaultFeatures()).isFalse();
    assertThat(renamed.target()).isEqualTo("cfg(unix)");
    assertThat(renamed.kind()).isEqualTo(DependencyKind.BUILD);
    IndexDependency plain = entry.deps().getLast();
    assertThat(plain.packageName()).isEqualTo(CrateName.parse("plain"));
    assertThat(plain.optional()).isFalse();
    assertThat(plain.defaultFeatures()).isTrue();
    assertThat(plain.target()).isNull();
    assertThat(plain.kind()).isEqualTo(DependencyKind.NORMAL);
  }

  @Test
  void fillsInWhatALineMayLeaveOut() {
    String raw = "{\"name\":\"demo\",\"vers\":\"1.0.0\",\"deps\":[],\"cksum\":\"" + CKSUM + "\"}";

    IndexEntry entry = parse(raw + "\n").entries().getFirst();

    assertThat(entry.yanked()).isFalse();
    assertThat(entry.pubtime()).isNull();
    assertThat(entry.rustVersion()).isNull();
    assertThat(entry.links()).isNull();
    assertThat(entry.v()).isEqualTo(1);
    assertThat(entry.features()).isEmpty();
  }

  @Test
  void takesNullWhereCargoDoes() {
    String more =
        ",\"features2\":null,\"yanked\":null,\"links\":null,\"rust_version\":null,\"pubtime\":null,"
            + "\"v\":null";
    String dep =
        "\"name\":\"a\",\"req\":\"1\",\"target\":null,\"kind\":null,\"registry\":null,\"package\":null";

    IndexFile file = parse(line("1.0.0", more) + "\n" + dep(dep) + "\n");

    assertThat(file.omitted()).isEmpty();
    assertThat(file.entries()).hasSize(2);
  }

  @Test
  void keepsMixedCaseNamesAsPublished() {
    String body = line("1.0.0").replace("\"demo\"", "\"DeMo\"") + "\n";

    assertThat(parse(body).entries().getFirst().name().published()).isEqualTo("DeMo");
  }

  @Test
  void takesCarriageReturnsForPartOfTheLineBreak() {
    IndexFile file = parse(line("1.0.0") + "\r\n\r\n\n  \n" + line("1.0.1") + "\r\n");

    assertThat(file.omitted()).isEmpty();
    assertThat(file.entries())
        .extracting(IndexEntry::raw)
        .containsExactly(Bytes.utf8(line("1.0.0")), Bytes.utf8(line("1.0.1")));
  }

  @Test
  void takesACompleteLastLineWithoutLineBreak() {
    assertThat(parse(line("1.0.0") + "\n" + line("1.0.1")).entries()).hasSize(2);
  }

  @Test
  void takesVersionsThatDifferInBuildMetadataForTwo() {
    assertThat(parse(line("1.2.0") + "\n" + line("1.2.0+meta") + "\n").entries()).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "demo-x", "demo_", "", "de/mo", "1demo"})
  void leavesOutLinesOfAnotherName(String name) {
    OmittedLine leftOut = leftOut(line("1.0.0").replace("\"demo\"", "\"" + name + "\""));

    assertThat(leftOut.reason()).isEqualTo(OmissionReason.WRONG_NAME);
    assertThat(leftOut.version()).isEqualTo("1.0.0");
    assertThat(leftOut.excerpt()).contains("'" + name + "'");
  }

  @Test
  void leavesOutASecondSpellingOfTheName() {
    OmittedLine leftOut = leftOut(line("1.0.0").replace("\"demo\"", "\"Demo\""));

    assertThat(leftOut.reason()).isEqualTo(OmissionReason.WRONG_NAME);
    assertThat(leftOut.excerpt()).startsWith("name 'Demo', expected 'demo'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "ABABABAB", "abab", "UPPER", "SPACE"})
  void leavesOutLinesWithoutASha256(String cksum) {
    String bad =
        switch (cksum) {
          case "UPPER" -> CKSUM.toUpperCase(java.util.Locale.ROOT);
          case "SPACE" -> CKSUM + " ";
          default -> cksum;
        };

    assertThat(leftOut(line("1.0.0").replace(CKSUM, bad)).reason())
        .isEqualTo(OmissionReason.BAD_CKSUM);
  }

  @Test
  void leavesOutASecondLineForAVersionThoughCargoWouldPreferIt() {
    IndexFile file =
        parse(line("1.0.0") + "\n" + line("1.0.0").replace(CKSUM, "cd".repeat(32)) + "\n");

    assertThat(file.entries()).extracting(e -> e.cksum().hex()).containsExactly(CKSUM);
    assertThat(file.omitted().getFirst().reason()).isEqualTo(OmissionReason.DUPLICATE_VERSION);
    assertThat(file.omitted().getFirst().version()).isEqualTo("1.0.0");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ",\"yanked\":false,\"yanked\":true",
        ",\"cksum\":\"00\"",
        ",\"yanked\":false,\"yank\\u0065d\":true",
        ",\"x\":{\"a\":{\"b\":1,\"b\":2}}",
        ",\"x\":[{\"b\":1,\"b\":1}]"
      })
  void leavesOutLinesWithAKeyTwiceAtAnyDepth(String more) {
    OmittedLine leftOut = leftOut(line("1.0.0", more));

    assertThat(leftOut.reason()).isEqualTo(OmissionReason.DUPLICATE_KEY);
    assertThat(leftOut.version()).isEqualTo("1.0.0");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://evil.example/index",
        "sparse+https://evil.example/",
        "https://github.com/rust-lang/crates.io-index/",
        "https://github.com/rust-lang/crates.io-index.git",
        ""
      })
  void leavesOutLinesWithADependencyFromAForeignRegistry(String registry) {
    OmittedLine leftOut =
        leftOut(dep("\"name\":\"a\",\"req\":\"1\",\"registry\":\"" + registry + "\""));

    assertThat(leftOut.reason()).isEqualTo(OmissionReason.FOREIGN_REGISTRY);
    assertThat(leftOut.excerpt()).startsWith("a dependency from '" + registry + "'");
  }

  @Test
  void takesUpstreamsOwnRegistryForNone() {
    String fields = "\"name\":\"a\",\"req\":\"1\",\"registry\":\"" + CratesIo.GIT_INDEX + "\"";

    assertThat(parse(dep(fields) + "\n").entries()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nonsense",
        "[1]",
        "{",
        "{\"name\":\"demo\",\"vers\":\"1.0.0\"",
        "\"text\"",
        "{\"name\":\"demo\" \"vers\":\"1.0.0\"}",
        "{'name':'demo'}",
        "{\"name\":\"demo\",}",
        "{\"x\":NaN}",
        "{\"x\":01}",
        "{/* */}",
        "\ufeff{}",
      })
  void leavesOutLinesThatAreNoJson(String line) {
    assertThat(leftOut(line).reason()).isEqualTo(OmissionReason.NOT_JSON);
  }

  @Test
  void leavesOutLinesWithSomethingAfterTheObject() {
    for (String garbage : new String[] {"{}", " x", ",", line("2.0.0")}) {
      OmittedLine leftOut = leftOut(line("1.0.0") + garbage);

      assertThat(leftOut.reason()).isEqualTo(OmissionReason.NOT_JSON);
      assertThat(leftOut.version()).isEqualTo("1.0.0");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 9, 11, 13, 27, 127})
  void leavesOutLinesWithControlCharacters(int control) {
    // Line injection: a character that is white space for one reader ends the line for another.
    String injected = line("1.0.0").replace("\"deps\"", (char) control + "\"deps\"");

    assertThat(leftOut(injected).reason()).isEqualTo(OmissionReason.CONTROL_CHARACTER);
  }

  @Test
  void leavesOutLinesThatAreNoUtf8() {
    byte[] bad = line("1.0.0", ",\"x\":\"??\"").getBytes(StandardCharsets.UTF_8);
    bad[bad.length - 4] = (byte) 0xc0;
    bad[bad.length - 3] = (byte) 0x80;

    assertThat(leftOut(bad).reason()).isEqualTo(OmissionReason.NOT_JSON);
    assertThat(leftOut(line("1.0.0").getBytes(StandardCharsets.UTF_16BE)).reason())
        .isEqualTo(OmissionReason.CONTROL_CHARACTER);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"deps\":[],      | ``                  | 'deps' is missing",
        "\"deps\":[],      | \"deps\":null,      | 'deps' is no array",
        "\"deps\":[],      | \"deps\":[1],       | an element of 'deps' is no object",
        "\"deps\":[],      | \"deps\":[{}],      | a dependency has no name or no requirement",
        "\"cksum\"         | \"checksum\"        | 'cksum' is missing",
        "\"name\":         | \"nom\":            | 'name' is missing",
        "\"vers\":\"1.0.0\"| \"vers\":1          | 'vers' is no text",
        "\"1.0.0\"         | \"1.0\"             | cannot read version '1.0'",
        "\"features\":{}   | \"features\":[]     | 'features' is no object",
        "\"features\":{}   | \"features\":null   | 'features' is no object",
        "\"features\":{}   | \"features\":{\"a\":\"b\"} | 'features' is no array",
        "\"features\":{}   | \"features\":{\"a\":[1]}   | 'features' is no text",
        "\"features\":{}   | \"yanked\":\"true\" | 'yanked' is neither true nor false",
        "\"features\":{}   | \"yanked\":1        | 'yanked' is neither true nor false",
        "\"features\":{}   | \"links\":{}        | 'links' is no text",
        "\"features\":{}   | \"links\":\"\\ud800\" | 'links' is no text",
        "\"features\":{}   | \"v\":-1            | 'v' is no number of 32 bits",
        "\"features\":{}   | \"v\":-0            | 'v' is no number of 32 bits",
        "\"features\":{}   | \"v\":2.0           | 'v' is no number of 32 bits",
        "\"features\":{}   | \"v\":4294967296    | 'v' is no number of 32 bits",
        "\"features\":{}   | \"v\":99999999999999999999999 | 'v' is no number of 32 bits",
        "\"features\":{}   | \"rust_version\":\">=1.5\" | rust_version '>=1.5' is not",
        "\"features\":{}   | \"rust_version\":\"1.5-beta\" | rust_version '1.5-beta' is not"
      })
  void leavesOutLinesThatCargoTakesForInvalid(String part, String changed, String why) {
    OmittedLine leftOut = leftOut(line("1.0.0").replace(part.strip(), changed));

    assertThat(leftOut.reason()).isEqualTo(OmissionReason.INVALID);
    assertThat(leftOut.excerpt()).startsWith(why);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"req\":\"1\"                                   | a dependency has no name",
        "\"name\":\"a\"                                  | a dependency has no name or no req",
        "\"name\":\"a\",\"req\":\"x y\"                  | cannot read version requirement 'x y'",
        "\"name\":\"a\",\"req\":null                     | 'req' is no text",
        "\"name\":\"\",\"req\":\"1\"                     | a dependency on ''",
        "\"name\":\"../a\",\"req\":\"1\"                 | a dependency on '../a', which is no crate",
        "\"name\":\"a\",\"req\":\"1\",\"package\":\"_b\" | a dependency on '_b', which is no crate",
        "\"name\":\"a\",\"req\":\"1\",\"optional\":null  | 'optional' is neither true nor false",
        "\"name\":\"a\",\"req\":\"1\",\"kind\":1         | 'kind' is no text",
        "\"name\":\"a\",\"req\":\"1\",\"features\":{}    | 'features' is no array"
      })
  void leavesOutLinesWithADependencyThatCargoTakesForInvalid(String fields, String why) {
    OmittedLine leftOut = leftOut(dep(fields));

    assertThat(leftOut.reason()).isEqualTo(OmissionReason.INVALID);
    assertThat(leftOut.excerpt()).startsWith(why);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-01-31T12:34:56.000Z",
        "2026-01-31T12:34:56+00:00",
        "2026-01-31 12:34:56Z",
        "2026-13-31T12:34:56Z",
        "2026-02-30T12:34:56Z",
        "2026-01-31T24:00:00Z",
        "2026-01-31t12:34:56z",
        "２026-01-31T12:34:56Z",
        ""
      })
  void leavesOutLinesWithAnotherFormOfPubtime(String pubtime) {
    OmittedLine leftOut = leftOut(line("1.0.0", ",\"pubtime\":\"" + pubtime + "\""));

    assertThat(leftOut.reason()).isEqualTo(OmissionReason.INVALID);
    assertThat(leftOut.version()).isEqualTo("1.0.0");
  }

  @Test
  void leavesOutLinesBeyondALimit() {
    var limits = new IndexLimits(1 << 20, 10, 10, 400, 2, 3, 5);
    String dep = "{\"name\":\"a\",\"req\":\"1\"}";
    List<String> bad =
        List.of(
            line("1.0.1", ",\"x\":\"" + "y".repeat(400) + "\""),
            line("1.0.1").replace("[]", "[" + dep + "," + dep + "," + dep + "]"),
            line("1.0.1").replace("{}", "{\"a\":[],\"b\":[],\"c\":[],\"d\":[]}"),
            line("1.0.1").replace("{}", "{\"a\":[" + "\"\",".repeat(30) + "\"\"]}"),
            line("1.0.1", ",\"x\":" + "[".repeat(6) + "]".repeat(6)));

    for (String line : bad) {
      IndexFile file =
          IndexFile.parse(DEMO, Bytes.utf8(line("1.0.0") + "\n" + line + "\n"), limits);

      assertThat(file.entries()).hasSize(1);
      assertThat(file.omitted())
          .extracting(OmittedLine::reason)
          .containsExactly(OmissionReason.OVER_LIMIT);
    }
  }

  @Test
  void readsManyLinesWithNamesOfTheirOwnInLinearTime() {
    var body = new StringBuilder();
    for (int i = 0; i < 50_000; i++) {
      body.append(line("1.0." + i).replace("{}", "{\"a%1$d\":[],\"b%1$d\":[]}".formatted(i)));
      body.append('\n');
    }

    IndexFile file = assertTimeout(Duration.ofSeconds(5), () -> parse(body.toString()));

    assertThat(file.entries()).hasSize(50_000);
  }

  @Test
  void keepsAlarmsShortAndPrintable() {
    OmittedLine leftOut = leftOut("{\"vers\":\"\\u001b[2J\\n" + "y".repeat(100_000) + "\"}");

    assertThat(leftOut.version()).startsWith("?[2J?yyy").hasSizeLessThan(130);
    assertThat(leftOut.excerpt()).hasSizeLessThan(400);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\n",
        " \r\n\n",
        "<!DOCTYPE html><html><body>Sign in</body></html>\n",
        "<html>\n",
        "[]\n",
        "null\n",
        "{\"errors\":[{\"detail\":\"not now\"}]}\n",
        "{\n  \"name\": \"demo\"\n}\n",
        "Not found",
        "\ufeff{}\n"
      })
  void refusesABodyThatIsNoIndexFile(String body) {
    assertThatThrownBy(() -> parse(body))
        .isInstanceOf(MalformedException.class)
        .hasMessageStartingWith("cannot read index file of 'demo': ");
  }

  @Test
  void refusesAHalfBodyWithACleanEnd() {
    String body = line("1.0.0") + "\n" + line("1.0.1") + "\n";

    for (int cut = line("1.0.0").length() + 2; cut < body.length() - 2; cut++) {
      String half = body.substring(0, cut);
      assertThatThrownBy(() -> parse(half)).hasMessageContaining("cut off in the middle of line 2");
    }
  }

  @Test
  void refusesAFileBeyondALimit() {
    String body = line("1.0.0") + "\n" + "x\n".repeat(20);

    assertThatThrownBy(() -> limited(body, new IndexLimits(100, 50, 50, 400, 2, 3, 5)))
        .hasMessageContaining("bytes, at most 100 expected");
    assertThatThrownBy(() -> limited(body, new IndexLimits(1000, 20, 50, 400, 2, 3, 5)))
        .hasMessageContaining("more than 20 lines");
    assertThatThrownBy(() -> limited(body, new IndexLimits(1000, 50, 19, 400, 2, 3, 5)))
        .hasMessageContaining("more than 19 bad lines");
  }

  private static IndexFile limited(String body, IndexLimits limits) {
    return IndexFile.parse(DEMO, Bytes.utf8(body), limits);
  }
}
