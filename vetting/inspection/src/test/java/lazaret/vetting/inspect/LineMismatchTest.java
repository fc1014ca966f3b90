package lazaret.vetting.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.index.IndexEntry;
import lazaret.vetting.index.IndexFile;
import lazaret.vetting.index.IndexLimits;
import lazaret.vetting.linecheck.ManifestCheck;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Index lines that differ from the manifest of their artifact.
final class LineMismatchTest {
  private static final String MANIFEST =
      """
      [package]
      name = "demo"
      version = "1.0.0"

      [dependencies]
      plain = "1.0"
      [dependencies.io]
      version = ">=1, <2"
      features = ["b", "a"]
      optional = true
      default-features = false
      package = "mini-io"

      [dependencies.inline]
      version = "0.1"

      [build-dependencies]
      cc = { version = "1" }

      [dev_dependencies]
      quick = "*"

      [target.'cfg(any(unix, target_os = "a b"))'.dependencies.libc]
      version = "0.2"
      """;

  private static final String LINE =
      """
      {"name":"demo","vers":"1.0.0","deps":[\
      {"name":"plain","req":"^1.0","features":[],"optional":false,"default_features":true,"target":null,"kind":"normal"},\
      {"name":"io","package":"mini-io","req":">=1, <2","features":["a","b"],"optional":true,"default_features":false,"target":null,"kind":"normal"},\
      {"name":"inline","req":"^0.1","features":[],"optional":false,"default_features":true,"target":null,"kind":"normal"},\
      {"name":"cc","req":"^1","features":[],"optional":false,"default_features":true,"target":null,"kind":"build"},\
      {"name":"quick","req":"*","features":[],"optional":false,"default_features":true,"target":null,"kind":"dev"},\
      {"name":"libc","req":"^0.2","features":[],"optional":false,"default_features":true,"target":"cfg(any(unix, target_os = \\"a b\\"))","kind":"normal"}\
      ],"cksum":"%s","features":{},"yanked":false}\
      """
          .formatted("ab".repeat(32));

  @Test
  void aLineMadeFromTheManifestMatches() {
    assertThat(mismatch(LINE)).isEmpty();
  }

  @Test
  void t15AnExtraDependencyOfTheLineIsNamed() {
    String extra = "{\"name\":\"qzevil\",\"req\":\"^1\",\"features\":[],\"optional\":false,";
    String line =
        LINE.replace(
            "\"deps\":[",
            "\"deps\":["
                + extra
                + "\"default_features\":true,\"target\":null,\"kind\":\"normal\"},");

    assertThat(mismatch(line)).contains("more: qzevil ^1");
  }

  /// Each value is `text in the line→replacement`.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"req\":\"^1.0\"→\"req\":\"^2\"",
        "\"req\":\"^1.0\"→\"req\":\"*\"",
        "\"kind\":\"build\"→\"kind\":\"normal\"",
        "\"kind\":\"dev\"→\"kind\":\"normal\"",
        "\"package\":\"mini-io\"→\"package\":\"qzevil\"",
        "\"package\":\"mini-io\",→",
        "\"name\":\"plain\"→\"name\":\"plain\",\"package\":\"qzevil\"",
        "\"name\":\"plain\"→\"name\":\"other\"",
        "\"optional\":true→\"optional\":false",
        "\"default_features\":false→\"default_features\":true",
        "[\"a\",\"b\"]→[\"a\",\"b\",\"c\"]",
        "cfg(any(unix, →cfg(any(windows, ",
        "a b→ab"
      })
  void aForgedLineDoesNotMatch(String change) {
    String[] parts = change.split("→", 2);
    assertThat(LINE).contains(parts[0]);

    assertThat(mismatch(LINE.replace(parts[0], parts[1]))).isPresent();
  }

  private static Optional<String> mismatch(String line) {
    IndexEntry entry =
        IndexFile.parse(CrateName.parse("demo"), Bytes.utf8(line + "\n"), IndexLimits.DEFAULT)
            .entries()
            .getFirst();
    return ManifestCheck.mismatch(entry, Bytes.utf8(MANIFEST));
  }
}
