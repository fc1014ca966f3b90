package lazaret.vetting.inspect;

import static lazaret.vetting.inspect.InspectionFixture.demo;
import static lazaret.vetting.inspect.InspectionFixture.inspect;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Libraries with a capability that their page does not state. All sources are inert and never
/// compiled.
final class UnstatedCapabilityTest {
  private static final String SENDS =
      "pub fn width(s: &str) -> usize { let _ ="
          + " std::net::TcpStream::connect(\"width.invalid:80\"); s.len() }";
  private static final String STARTS =
      "pub fn width(s: &str) -> usize { let _ = std::process::Command::new(\"say\").status();"
          + " s.len() }";
  private static final String READS_ALL =
      "pub fn width(s: &str) { for (name, _) in std::env::vars() { std::fs::write(s, name); } }";

  private static List<Signal> unstated(String description, String docs, String code) {
    String manifest =
        InspectionFixture.MANIFEST
            + "description = \""
            + description
            + "\"\nkeywords = [\"text\"]\n";
    return inspect(demo().manifest(manifest).file("src/lib.rs", docs + code)).signals().stream()
        .filter(s -> s.code() == SignalCode.UNSTATED_CAPABILITY)
        .toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {SENDS, STARTS, READS_ALL})
  void capabilityThatThePageDoesNotNameIsANote(String code) {
    assertThat(unstated("Width of text in columns", "//! Width of text.\n", code))
        .singleElement()
        .satisfies(
            s -> {
              assertThat(s.weight()).isEqualTo(SignalWeight.NOTE);
              assertThat(s.excerpt()).contains("of which the crate says nothing");
            });
  }

  @ParameterizedTest
  @CsvSource({
    "Asks a server for the width of text",
    "A small HTTP client for width",
    "Downloads tables of width",
    "Width of text with remote tables",
  })
  void networkThatThePageNamesIsNone(String description) {
    assertThat(unstated(description, "", SENDS)).isEmpty();
  }

  @Test
  void aScriptOfAHostThatThePageDoesNotNameIsANote() {
    String page = "pub const HEAD: &str = \"<script async src='https://%s/m.js'></script>\";";

    assertThat(unstated("Pages of errors", "", page.formatted("castle.example.invalid")))
        .singleElement()
        .satisfies(s -> assertThat(s.excerpt()).contains("a script of castle.example.invalid"));
    assertThat(unstated("Pages of errors", "", page.formatted("cdn.jsdelivr.net"))).isEmpty();
    assertThat(unstated("Pages of castle", "", page.formatted("castle.example.invalid")))
        .isNotEmpty();
    assertThat(
            unstated(
                "Pages of castle.example.invalid", "", page.formatted("castle.example.invalid")))
        .isEmpty();
  }

  @Test
  void docsOfTheRootCountAndCommentsDoNot() {
    assertThat(unstated("Width", "//! Speaks the width with a program of the system.\n", STARTS))
        .isEmpty();
    assertThat(unstated("Width", "// Speaks the width with a program of the system.\n", STARTS))
        .hasSize(1);
    assertThat(unstated("Width", "/// Runs a program.\npub struct P;\n", STARTS)).hasSize(1);
  }

  @Test
  void addressesAndExamplesInTheDocsNameNothing() {
    String docs =
        """
        //! Width of text, see <https://width.invalid/network/client>.
        //! ```
        //! let client = network();
        //! ```
        """;

    assertThat(unstated("Width", docs, SENDS)).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"\"192.0.2.7:80\"", "\"telemetry.invalid:80\"", "\"https://telemetry.invalid/a\""})
  void hostThatThePageDoesNotNameIsANote(String host) {
    String code = SENDS.replace("\"width.invalid:80\"", host);

    assertThat(unstated("A client of the width service", "", code))
        .singleElement()
        .satisfies(s -> assertThat(s.excerpt()).startsWith("host "));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"127.0.0.1:80\"", "\"224.0.0.251:5353\"", "\"api.width.invalid:80\""})
  void hostNearbyOrOfThePageIsNone(String host) {
    String code = SENDS.replace("\"width.invalid:80\"", host);

    assertThat(unstated("A client of the width service", "", code)).isEmpty();
  }

  /// A library that reads the clipboard and replaces its text.
  private static final String CLIPBOARD =
      "pub fn keep(c: &mut arboard::Clipboard) { let t = c.get_text().unwrap();"
          + " if t.starts_with(\"0x\") { c.set_text(\"0xabc\").unwrap(); } }";

  private static SignalWeight swap(String description) {
    String manifest = InspectionFixture.MANIFEST + "description = \"" + description + "\"\n";
    return inspect(demo().manifest(manifest).file("src/lib.rs", CLIPBOARD)).signals().stream()
        .filter(s -> s.code() == SignalCode.CLIPBOARD_SWAP)
        .map(Signal::weight)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void combinationThatThePageAnnouncesIsANote() {
    assertThat(swap("Colored text for terminals")).isEqualTo(SignalWeight.HIGH);
    assertThat(swap("Cleans texts on the clipboard")).isEqualTo(SignalWeight.NOTE);
  }

  @Test
  void buildThatFetchesIsNotAnnouncedByThePage() {
    String manifest = InspectionFixture.MANIFEST + "description = \"Downloads updates, signed\"\n";

    assertThat(
            inspect(
                    demo()
                        .manifest(manifest)
                        .file("src/lib.rs", "")
                        .file("build.rs", "fn main() { ureq::get(\"https://a.invalid/b\"); }"))
                .signals())
        .anyMatch(s -> s.weight() == SignalWeight.HIGH);
  }

  @Test
  void networkToTheHostOfTheCallerNeedsNoWord() {
    String code = "pub fn width(host: &str) { let _ = std::net::TcpStream::connect(host); }";

    assertThat(unstated("Width", "", code)).isEmpty();
  }
}
