package lazaret.vetting.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import lazaret.vetting.Bytes;
import lazaret.vetting.FuzzHarness;
import lazaret.vetting.OracleData;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Tests that the fast reader of arriving lines accepts only what the full reader accepts, with the
/// same values.
class CheckedLineReaderTest {
  private static final String CKSUM = "ab".repeat(32);

  /// A line with every known key.
  private static final String FULL =
      """
      {"name":"demo","vers":"1.0.0-rc.1+b","deps":[{"name":"a","req":"^1, <2","features":["x"],\
      "optional":true,"default_features":false,"target":"cfg(any(a, \\"}\\"))","kind":"build",\
      "package":"b","registry":null},{"name":"c","req":"*"}],"cksum":"%s",\
      "features":{"x":["y","z"],"y":[]},"yanked":true,"links":"z","rust_version":"1.85",\
      "pubtime":"2026-01-31T12:34:56Z","v":2,"features2":{"x":["dep:b"]}}\
      """
          .formatted(CKSUM);

  private static final String LEAST =
      """
      {"name":"demo","vers":"1.0.0","deps":[],"cksum":"%s","features":{}}\
      """
          .formatted(CKSUM);

  private static final IndexLimits SMALL = new IndexLimits(1 << 20, 100, 10, 4_096, 2, 2, 8);

  @Test
  void readsLinesOfARealRegistryAsTheFullReader() throws IndexLineFault {
    int plain = 0;
    for (Path path : OracleData.files("upstream/index")) {
      for (String line : OracleData.read(path).text().split("\n", -1)) {
        plain += agrees(Bytes.utf8(line), IndexLimits.DEFAULT) ? 1 : 0;
      }
    }
    assertThat(plain).isGreaterThan(18_000);
  }

  @Test
  void readsEveryKeyAsTheFullReader() throws IndexLineFault {
    assertThat(agrees(Bytes.utf8(FULL), IndexLimits.DEFAULT)).isTrue();
    assertThat(agrees(Bytes.utf8(FULL), limits(FULL.length(), 2, 3))).isTrue();
  }

  @Test
  void acceptsNothingElseOfHostileFiles() {
    FuzzHarness.run(
        "index-file",
        input -> {
          for (String line : input.text().split("\n", -1)) {
            accepted(line, IndexLimits.DEFAULT);
          }
        },
        ",\"yanked\":true",
        "\"v\":2",
        "\"links\":null",
        "\"pubtime\":\"2026-01-31T12:34:56Z\"",
        "{\"name\":\"a\",\"req\":\"^1\"}",
        "\"features\":[\"x\"]",
        "\"optional\":null",
        "\"target\":\"cfg(a = \\\"b\\\")\"",
        "\\\"",
        "\\",
        "\u007f",
        "]",
        "}");
  }

  @Test
  void acceptsNothingElseOfGeneratedLines() {
    Random random = new Random(20_261_130);
    int plain = 0;
    for (int i = 0; i < 50_000; i++) {
      String line = line(random);
      plain += accepted(line, random.nextBoolean() ? IndexLimits.DEFAULT : SMALL) ? 1 : 0;
    }
    assertThat(plain).isBetween(2_000, 45_000);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"yanked\":false,\"yanked\":false",
        "\"yanked\": false",
        "\"yanked\":1",
        "\"y\\u0061nked\":true",
        "\"new\":1",
        "\"features\":{}",
        "\"features2\":null",
        "\"features2\":{\"x\":[],\"x\":[]}",
        "\"features2\":{\"x\":[\"\\u0061\"]}",
        "\"links\":\"\\u0061\"",
        "\"links\":\"\\\"\"",
        "\"links\":\"é\"",
        "\"v\":10",
        "\"v\":1.0",
        "\"v\":null",
        "\"pubtime\":\"2026-02-30T00:00:00Z\"",
        "\"rust_version\":\"01\""
      })
  void leavesWhatIsWrittenInAnotherWayToTheFullReader(String more) {
    String line = LEAST.substring(0, LEAST.length() - 1);

    assertThat(read(Bytes.utf8(line + "}"), IndexLimits.DEFAULT)).isNotNull();
    assertThat(read(Bytes.utf8(line + "," + more + "}"), IndexLimits.DEFAULT)).isNull();
  }

  @Test
  void leavesWhatStandsBesideTheObjectToTheFullReader() {
    for (String more : List.of(" ", ",", "}", "{}", "null", "\ufeff", "\u0000")) {
      assertThat(read(Bytes.utf8(LEAST + more), IndexLimits.DEFAULT)).as(more).isNull();
      assertThat(read(Bytes.utf8(more + LEAST), IndexLimits.DEFAULT)).as(more).isNull();
    }
    for (int end = 0; end < FULL.length(); end++) {
      assertThat(read(Bytes.utf8(FULL.substring(0, end)), IndexLimits.DEFAULT)).isNull();
    }
  }

  @Test
  void leavesLinesBeyondALimitToTheFullReader() {
    int length = FULL.length();

    assertThat(read(Bytes.utf8(FULL), limits(length - 1, 2, 3))).isNull();
    assertThat(read(Bytes.utf8(FULL), limits(length, 1, 3))).isNull();
    assertThat(read(Bytes.utf8(FULL), limits(length, 2, 2))).isNull();
    assertThat(read(Bytes.utf8(FULL), limits(length, 2, 3))).isNotNull();
  }

  private static IndexLimits limits(int bytes, int deps, int features) {
    return new IndexLimits(1 << 20, 100, 10, bytes, deps, features, 4);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void leavesLinesToTheFullReaderIfTheNestingIsLimitedMore(int depth) {
    var limits = new IndexLimits(1 << 20, 100, 10, 4_096, 9, 9, depth);

    assertThat(read(Bytes.utf8(FULL), limits)).isNull();
  }

  private static @Nullable IndexEntry read(Bytes line, IndexLimits limits) {
    return CheckedLineReader.read(line, limits, CheckedLineReader.Known.none());
  }

  private static boolean accepted(String line, IndexLimits limits) {
    try {
      return agrees(Bytes.utf8(line), limits);
    } catch (IndexLineFault fault) {
      throw new AssertionError("the full reader refuses " + line, fault);
    }
  }

  /// Returns whether the fast reader reads a line, which the full reader must then read alike.
  private static boolean agrees(Bytes line, IndexLimits limits) throws IndexLineFault {
    IndexEntry fast = read(line, limits);
    if (fast == null) {
      return false;
    }
    IndexEntry full = new IndexLineReader(limits).readAny(line);
    assertThat(Said.of(fast)).isEqualTo(Said.of(full));
    return true;
  }

  private static String line(Random random) {
    List<String> members =
        new ArrayList<>(
            List.of(
                "\"name\":" + one(random, "\"demo\"", "\"Demo\"", "\"\"", "\"1x\""),
                "\"vers\":" + one(random, "\"1.0.0\"", "\"2.1.0-a.1\"", "\"1.0\"", "\"01.0.0\""),
                "\"deps\":[" + dependencies(random) + "]",
                "\"cksum\":\"" + one(random, CKSUM, CKSUM, "AB" + CKSUM.substring(2)) + "\"",
                "\"features\":{" + features(random) + "}",
                "\"features2\":" + one(random, "{}", "{" + features(random) + "}", "null"),
                "\"yanked\":" + one(random, "true", "false", "null", "1"),
                "\"links\":" + one(random, "null", "\"z\"", "7"),
                "\"rust_version\":" + one(random, "\"1.85\"", "null", "\"01\"", "\"1.2.3.4\""),
                "\"pubtime\":" + one(random, "\"2026-01-31T12:34:56Z\"", "null", "\"2026-02-30\""),
                "\"v\":" + one(random, "1", "2", "10", "-1", "null")));
    return "{" + joined(members, random) + "}";
  }

  private static String dependencies(Random random) {
    List<String> all = new ArrayList<>();
    for (int count = random.nextInt(4); count > 0; count--) {
      List<String> members =
          new ArrayList<>(
              List.of(
                  "\"name\":" + one(random, "\"a\"", "\"b_c\"", "\"\"", "\"a b\""),
                  "\"req\":" + one(random, "\"^1\"", "\"*\"", "\">=1.2, <3\"", "\"x y\""),
                  "\"features\":[" + one(random, "", "\"f\"", "\"f\",\"g\"", "1") + "]",
                  "\"optional\":" + one(random, "true", "false", "null"),
                  "\"default_features\":" + one(random, "true", "false"),
                  "\"target\":" + one(random, "\"cfg(a = \\\"b\\\")\"", "null", "\"\\u0061\""),
                  "\"kind\":" + one(random, "\"dev\"", "\"normal\"", "\"other\"", "null"),
                  "\"package\":" + one(random, "null", "\"real\"", "\"no name\""),
                  "\"registry\":" + one(random, "null", "null", "\"https://evil.example\"")));
      all.add("{" + joined(members, random) + "}");
    }
    return String.join(",", all);
  }

  private static String features(Random random) {
    List<String> all = new ArrayList<>();
    for (int count = random.nextInt(4); count > 0; count--) {
      char name = "wxyz".charAt(random.nextInt(4));
      all.add("\"" + name + "\":[" + one(random, "", "\"x\"", "\"x\",\"dep:a\"", "null") + "]");
    }
    return String.join(",", all);
  }

  /// Joins members in any order. A few are left out or occur twice.
  private static String joined(List<String> members, Random random) {
    Collections.shuffle(members, random);
    if (random.nextInt(6) == 0) {
      members.removeLast();
    }
    if (random.nextInt(20) == 0) {
      members.add(members.getFirst());
    }
    return String.join(random.nextInt(40) == 0 ? ", " : ",", members);
  }

  /// Returns the first text in most cases, or else any.
  private static String one(Random random, String... texts) {
    return texts[random.nextInt(12) > 0 ? 0 : random.nextInt(texts.length)];
  }
}
