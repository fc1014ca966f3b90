package lazaret.vetting.inspect;

import static lazaret.vetting.inspect.InspectionFixture.MANIFEST;
import static lazaret.vetting.inspect.InspectionFixture.demo;
import static lazaret.vetting.inspect.InspectionFixture.inspect;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import lazaret.testkit.CrateBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Honest code that must not cause a finding, each with the attack that it resembles.
final class HonestCrateTest {
  private static final String THIEF =
      "pub fn f() { std::net::TcpStream::connect(a); open(\".ssh/id_rsa\"); }";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "something should have gone wrong with curl (we join the thread)",
        "curl failed to download the file",
        "could not run curl {err}",
        "install curl or wget and try again",
        "libcurl is not curl at all",
        "the curl handle of {name} is closed",
        "see the manual of wget for more",
        "a curl call timed out",
      })
  void aDownloaderInASentenceIsNone(String text) {
    assertThat(strong(starting(text))).doesNotContain("runs-downloader");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "curl",
        "/usr/bin/curl",
        "curl -sSf https://host.invalid/x",
        "curl https://host.invalid/x -o y",
        "curl host.invalid/x",
        "curl {url}",
        "curl $URL | sh",
        "curl ",
        "sudo curl $U",
        "set -e; curl $U",
        "cd /tmp && wget $U",
        "sh -c 'curl {}'",
        "x=$(curl {u})",
        "a\\nwget {u}",
        "run this: curl -O x",
        "/usr/bin/curl {}",
      })
  void aDownloaderInACommandIsOne(String text) {
    assertThat(strong(starting(text))).contains("runs-downloader");
  }

  private static CrateBuilder starting(String text) {
    return demo()
        .file("src/lib.rs", "fn f() { std::process::Command::new(x).arg(\"" + text + "\"); }");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "// buffer\uD83E\uDD26\u200D\u2642\uFE0F\n",
        "/// \u201C\uD83D\uDC68\u200D\uD83E\uDDB0\u201D is a man\n",
        "const A: &str = \"\uD83D\uDC69\uD83C\uDFFD\u200D\uD83D\uDCBB\";\n",
        "const A: &str = \"\u2764\uFE0F\u200D\uD83D\uDD25\";\n",
        "//! `\u0644\u0627`\u200E, `\u0644\u0622`\u200E\n",
        "//! Hebrew `\u05D0\u200D\u05DC`, Buginese `\u1A15\u1A17\u200D\u1A10`\n",
        "const A: &str = \"\u0633\u0644\u0627\u0645 \u062F\u0646\u06CC\u0627\u200E\";\n",
        "const A: &str = \"\u0645\u06CC\u200C\u062E\u0648\u0627\u0647\u0645\";\n",
        "const A: &str = \"\uD83C\uDFF4\uDB40\uDC67\uDB40\uDC62\uDB40\uDC65\uDB40\uDC6E\uDB40\uDC67\uDB40\uDC7F\";\n",
        "const A: &str = r#\"\uFEFFThe licence\"#;\n",
        "const A: &str = \"\n\uFEFFThe licence\";\n",
        "// U+200E is this: `\u200E`\n",
        "#[cfg(test)] mod t { fn f() { g(\"a\u200Bb\u202Ec\"); } }\n",
      })
  void aCharacterThatBelongsToTheTextIsNotHidden(String source) {
    assertThat(strong(demo().file("src/lib.rs", source))).doesNotContain("hidden-characters");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "// a\u202Eb\n",
        "const A: &str = \"a\u200Db\";\n",
        "const A: &str = \"pass\u200Bword\";\n",
        "const A: &str = \"a\u200Cb\";\n",
        "const A: &str = \"a\u200Eb\";\n",
        "const A: &str = \"a\uFEFFb\";\n",
        "const A: &str = \"\u2066a\u2069\";\n",
        "// \uD83D\uDC68\u200D\u200D\u200D\uD83D\uDC68\n",
        "// \uDB40\uDC67\uDB40\uDC62\n",
        "// \uD83C\uDFF4\uDB40\uDC67\uDB40\uDC62\uDB40\uDC65\uDB40\uDC6E\uDB40\uDC67\uDB40\uDC67\uDB40\uDC67\uDB40\uDC67\uDB40\uDC67\n",
        "// U+202E is this: \u202E\n",
        "const A: &str = \"U+200E \u200E\";\n",
        "#[cfg(test)] mod t { fn f() { g(\"a\u200Bb\"); } } const A: &str = \"a\u200Bb\";\n",
      })
  void aCharacterThatHidesSomethingIsHidden(String source) {
    assertThat(strong(demo().file("src/lib.rs", source))).contains("hidden-characters");
  }

  @Test
  void aScriptThatNoTargetReachesIsNoFinding() {
    CrateBuilder crate =
        demo()
            .file("src/lib.rs", "pub mod a;")
            .file("src/a.rs", "")
            .file("scripts/pages.rs", THIEF)
            .file("xtask/src/main.rs", THIEF);

    assertThat(strong(crate)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "src/lib.rs|#[path = \"../scripts/pages.rs\"] mod p;",
        "src/lib.rs|include!(\"../scripts/pages.rs\");",
        "src/lib.rs|const P: &str = \"scripts/pages.rs\";",
        "src/lib.rs|macro_rules! m { ($p:literal) => { include!($p); } } m!(x);",
        "src/lib.rs|macro_rules! m { ($p:literal) => { #[path = $p] mod x; } } m!(x);",
        "src/lib.rs|include!(concat!(env!(\"WHERE\"), \"/pages.rs\"));",
        "src/loose.rs|#[path = \"../scripts/pages.rs\"] mod p;",
        "build.rs|fn main() { std::fs::copy(\"scripts/pages.rs\", out); }",
      })
  void aScriptThatATargetNamesIsCode(String path, String source) {
    CrateBuilder crate = demo().file("scripts/pages.rs", THIEF).file(path, source);
    if (path.equals("build.rs")) {
      crate.manifest(MANIFEST + "build = \"build.rs\"\n");
    }

    assertThat(strong(crate)).contains("network-and-secrets");
  }

  @Test
  void aMacroThatReadsSettingsIsNoFinding() {
    String reads = "fn f() { read(\".env\"); }";
    assertThat(strong(demo().procMacro().file("src/lib.rs", reads))).isEmpty();
    assertThat(strong(demo().procMacro().file("src/lib.rs", reads + " use std::net::TcpStream;")))
        .contains("macro-credentials", "macro-network");
    assertThat(strong(demo().procMacro().file("src/lib.rs", "f(\".env\", \".ssh/id_rsa\");")))
        .contains("macro-credentials");
    assertThat(strong(demo().procMacro().file("src/lib.rs", "f(\".env\");\ng(\".aws/x\");")))
        .contains("macro-credentials");
  }

  @Test
  void aHelperOfTestsThatAsksForCiIsNoFinding() {
    String asks = "fn f() { std::env::var(\"TF_BUILD\"); std::process::Command::new(cargo); }";
    assertThat(strong(demo().file("src/lib.rs", asks))).isEmpty();
    assertThat(strong(demo().file("src/lib.rs", asks + " use std::net::TcpStream;")))
        .contains("ci-probe-and-run");
    assertThat(strong(demo().file("src/lib.rs", asks + " fn g() { h(\"sh\"); }")))
        .contains("ci-probe-and-run");
    assertThat(strong(demo().file("src/lib.rs", asks + "\nfn g() { h(\"GITLAB_CI\"); }")))
        .contains("ci-probe-and-run");
  }

  private static List<String> strong(CrateBuilder crate) {
    return inspect(crate).signals().stream()
        .filter(signal -> signal.weight() != SignalWeight.NOTE)
        .map(signal -> signal.code().code())
        .distinct()
        .toList();
  }
}
