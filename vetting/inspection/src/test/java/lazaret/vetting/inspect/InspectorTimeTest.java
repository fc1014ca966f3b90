package lazaret.vetting.inspect;

import static lazaret.vetting.inspect.InspectionFixture.demo;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import lazaret.testkit.CrateBuilder;
import lazaret.vetting.Deadline;
import lazaret.vetting.archive.InspectLimits;
import lazaret.vetting.archive.UnverifiedCrate;
import lazaret.vetting.archive.Verification;
import lazaret.vetting.inspect.source.Capability;
import lazaret.vetting.inspect.source.ScanRules;
import lazaret.vetting.inspect.source.SourceFacts;
import org.junit.jupiter.api.Test;

/// Archives that are made to take long or to fill memory.
final class InspectorTimeTest {
  /// The memory use of facts that no source of an honest crate approaches, by [SourceFacts#weight].
  private static final long FEW = 1_000_000;

  @Test
  void stopsLookingWhenTimeIsUpAndSaysSo() {
    CrateBuilder crate = demo().buildScript("use std::net::TcpStream;");
    for (int i = 0; i < 100; i++) {
      crate.file("src/m" + i + ".rs", "pub fn f() {}");
    }

    Findings findings = inspect(crate, everyQuestionTakes(Duration.ofSeconds(10)));

    assertThat(findings.conformant()).isTrue();
    assertThat(findings.facts().entries()).isGreaterThan(100);
    assertThat(findings.signals())
        .filteredOn(s -> s.code() == SignalCode.TOO_SLOW)
        .containsExactly(
            new Signal(SignalCode.TOO_SLOW, SignalWeight.HIGH, "", 0, "more than 60 s"));
  }

  @Test
  void stopsWithinOneSource() {
    String source = "f();".repeat(10_000) + "use std::net::TcpStream;";
    CrateBuilder crate = demo().buildScript(source);

    Findings inTime = inspect(crate, everyQuestionTakes(Duration.ofMillis(1)));
    Findings late = inspect(crate, everyQuestionTakes(Duration.ofSeconds(10)));

    assertThat(inTime.signals()).extracting(Signal::code).contains(SignalCode.BUILD_NETWORK);
    assertThat(late.signals())
        .extracting(Signal::code)
        .contains(SignalCode.TOO_SLOW, SignalCode.NOT_LOOKED_INTO)
        .doesNotContain(SignalCode.BUILD_NETWORK);
  }

  @Test
  void keepsLittleOfModulesInModules() {
    String nested = "mod abcdefghij{".repeat(20_000) + "mod b;".repeat(20_000);
    String longName = "mod " + "a".repeat(500_000) + "{" + "mod b;".repeat(20_000);
    String longPath = ("#[path=\"" + "a/".repeat(9_000) + "\"]mod b;").repeat(40);

    assertThat(facts(nested).weight()).isLessThan(FEW);
    assertThat(facts(longName).weight()).isLessThan(FEW);
    assertThat(facts(longPath).weight()).isLessThan(FEW);
  }

  @Test
  void tellsOfThousandsOfCluesInOneHiddenText() {
    byte[] text = ".ssh/ ".repeat(7_000).getBytes(StandardCharsets.US_ASCII);
    String literal = "\"" + Base64.getEncoder().encodeToString(text) + "\";";

    SourceFacts facts = facts(literal.repeat(64));

    assertThat(facts.code().counts()).containsEntry(Capability.CREDENTIAL_PATH, 64 * 7_000);
    assertThat(facts.code().of(Capability.CREDENTIAL_PATH).getFirst().excerpt())
        .startsWith("base64: '.ssh/ .ssh/")
        .endsWith("..");
  }

  @Test
  void putsInSoManyConstantsOnlyAndSaysSo() {
    String source = "const A: &str = \"" + ".ssh/".repeat(100) + "\";" + "f(A, A);".repeat(100_000);

    assertThat(facts(source).code().counts().get(Capability.HIDDEN_TEXT)).isNull();
    assertThat(facts(source).whole()).isFalse();
  }

  @Test
  void looksIntoNoMoreThanItCanKeep() {
    CrateBuilder crate = demo();
    String source = "mod a_name_of_some_length;".repeat(4_096);
    for (int i = 0; i < 40; i++) {
      crate.file("src/m%02d.rs".formatted(i), source);
    }

    Findings findings = InspectionFixture.inspect(crate);

    assertThat(findings.signals())
        .filteredOn(s -> s.code() == SignalCode.NOT_LOOKED_INTO)
        .isNotEmpty()
        .allMatch(s -> s.excerpt().equals("too much source in one crate"));
  }

  private static SourceFacts facts(String source) {
    byte[] bytes = InspectionFixture.bytes(source);
    return ScanRules.WITHOUT_IOCS
        .reader(Deadline.none())
        .source("src/lib.rs", bytes, bytes.length, Map.of(), false);
  }

  private static Findings inspect(CrateBuilder crate, InstantSource clock) {
    var match = (Verification.Match) new UnverifiedCrate(crate.build()).verify(crate.id());
    return Inspector.inspect(match.crate(), InspectLimits.DEFAULT, IndicatorSet.NONE, clock);
  }

  private static InstantSource everyQuestionTakes(Duration step) {
    var asked = new AtomicLong();
    return () -> Instant.EPOCH.plus(step.multipliedBy(asked.incrementAndGet()));
  }
}
