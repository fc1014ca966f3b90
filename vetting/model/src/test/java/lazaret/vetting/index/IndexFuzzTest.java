package lazaret.vetting.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import lazaret.vetting.Bytes;
import lazaret.vetting.FuzzHarness;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import org.junit.jupiter.api.Test;

class IndexFuzzTest {
  private static final CrateName DEMO = CrateName.parse("demo");
  private static final String[] WORDS = {
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    "\"",
    "\\",
    "\\u0000",
    "\\ud800",
    "\n",
    "\r\n",
    "\t",
    " ",
    "\u0000",
    "\ufeff",
    "null",
    "true",
    "false",
    "-0",
    "1e999",
    "4294967296",
    "{}",
    "[]",
    "\"\"",
    "é",
    "\"name\":\"demo\"",
    "\"vers\":\"1.0.0\"",
    "\"deps\":[]",
    "\"features\":{}",
    "\"features2\":{}",
    "\"yanked\":true",
    "\"yanked\":false",
    "\"yank\\u0065d\":null",
    ",\"yanked\":false",
    "\"registry\":\"https://evil.example/\"",
    "\"pubtime\":\"2026-01-31T12:34:56Z\"",
    "\"v\":2",
    "{\"name\":\"a\",\"req\":\"^1\"}"
  };

  @Test
  void files() {
    FuzzHarness.run(
        "index-file",
        input -> {
          IndexFile file = IndexFile.parse(DEMO, input, IndexLimits.DEFAULT);
          assertThat(file.entries().size() + file.omitted().size()).isPositive();
          file.entries().forEach(IndexFuzzTest::checkEntry);
          for (OmittedLine leftOut : file.omitted()) {
            assertThat(leftOut.excerpt()).hasSizeLessThan(600).doesNotContain("\n");
          }
        },
        WORDS);
  }

  /// Checks that an accepted line has the same values when it is read alone and when it is shown as
  /// yanked.
  private static void checkEntry(IndexEntry entry) {
    assertThat(entry.name().indexName()).isEqualTo("demo");
    assertThat(entry.features()).isNotNull();
    assertThat(Said.of(alone(entry.raw()))).isEqualTo(Said.of(entry));
    Bytes edited = YankedEdit.withYanked(entry.raw());
    IndexEntry yanked = alone(edited);
    assertThat(yanked.yanked()).isTrue();
    assertThat(
            new Said(
                entry.raw(),
                yanked.name(),
                yanked.version(),
                yanked.deps(),
                yanked.cksum(),
                entry.yanked(),
                yanked.pubtime(),
                yanked.rustVersion(),
                yanked.links(),
                yanked.v()))
        .isEqualTo(Said.of(entry));
    assertThat(yanked.features()).isEqualTo(entry.features());
  }

  private static IndexEntry alone(Bytes line) {
    IndexFile file = IndexFile.parse(DEMO, line, IndexLimits.DEFAULT);
    assertThat(file.omitted()).isEmpty();
    return file.entries().getFirst();
  }

  @Test
  void yankedEdits() {
    FuzzHarness.run(
        "yanked-edit",
        input -> {
          YankedEdit edit = YankedEdit.of(input);
          Bytes edited = edit.apply();
          String before = new String(input.array(), StandardCharsets.ISO_8859_1);
          String after = new String(edited.array(), StandardCharsets.ISO_8859_1);
          int rest = edit.offset() + edit.length();
          assertThat(before.substring(edit.offset(), rest)).isIn("", "false", "null");
          assertThat(after)
              .isEqualTo(
                  before.substring(0, edit.offset())
                      + edit.replacement().text()
                      + before.substring(rest));
          assertThat(YankedEdit.withYanked(edited)).isEqualTo(edited);
        },
        WORDS);
  }

  @Test
  void configurations() {
    var id = new CrateId(DEMO, CrateVersion.parse("1.0.0+b"), Sha256.parse("ab".repeat(32)));
    FuzzHarness.run(
        "config",
        input -> {
          RegistryConfig config = RegistryConfig.parse(input);
          assertThat(RegistryConfig.parse(config.toJson())).isEqualTo(config);
          assertThat(config.downloadUrl(id)).isNotEmpty().doesNotContain("\n", " ");
        },
        "\"dl\":",
        "\"api\":",
        "\"auth-required\":",
        "true",
        "null",
        "{crate}",
        "{version}",
        "{prefix}",
        "{lowerprefix}",
        "{sha256-checksum}",
        "{",
        "}",
        "[",
        "\"",
        "\\n",
        "\\u0000",
        "https://h/",
        ",",
        "file:///");
  }

  @Test
  void paths() {
    FuzzHarness.run(
        "path",
        input -> {
          CrateName name = IndexPath.parse(input.text());
          assertThat(IndexPath.of(name)).isEqualTo(input.text());
        },
        "/",
        "..",
        ".",
        "%2e",
        "%2f",
        "\\",
        "1",
        "2",
        "3",
        "A",
        "\u0000",
        "?",
        "#",
        "se/rd/serde",
        "é");
  }

  @Test
  void theHarnessFailsOnAnythingButARefusal() {
    // A target that throws another exception must not pass.
    org.assertj.core.api.Assertions.assertThatThrownBy(
            () ->
                FuzzHarness.run(
                    "path",
                    _ -> {
                      throw new IllegalStateException("boom");
                    },
                    "x"))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("threw java.lang.IllegalStateException: boom")
        .isNotInstanceOf(MalformedException.class);
  }
}
