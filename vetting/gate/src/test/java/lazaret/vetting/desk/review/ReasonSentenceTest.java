package lazaret.vetting.desk.review;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.deskapi.crates.ReasonInfo;
import lazaret.vetting.deskapi.reasons.ReasonText;
import lazaret.vetting.gate.fixture.GateFixture;
import lazaret.vetting.inspect.SignalCode;
import lazaret.vetting.ledger.Decision;
import lazaret.vetting.policy.Reason;
import lazaret.vetting.takeover.TakeoverSignal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A check that the sentences of the desk API fit the codes and details of the rules.
class ReasonSentenceTest {
  private final GateFixture station = new GateFixture();

  @AfterEach
  void close() {
    station.close();
  }

  private static String sentence(String code, String detail) {
    return ReasonText.sentence(new ReasonInfo(code, detail), null);
  }

  @ParameterizedTest
  @EnumSource
  void eachReasonHasASentence(Reason.Code code) {
    assertThat(sentence(code.code(), "a detail of another form"))
        .isNotEqualTo("A detail of another form");
  }

  @ParameterizedTest
  @EnumSource
  void eachSignalHasASentenceAndAMeaning(SignalCode code) {
    assertThat(ReasonText.signal(code.code())).contains(" ");
    assertThat(ReasonText.meaning(code.code()).orElse("")).contains(" In good crates: ");
  }

  @ParameterizedTest
  @EnumSource
  void eachSignHasASentence(TakeoverSignal.Code code) {
    assertThat(ReasonText.sign(code.code(), "", null)).contains(" ").doesNotContain(code.code());
  }

  private List<String> sentences(CrateId id) {
    return station.desk.why(id.name(), id.version()).orElseThrow().verdict().reasons().stream()
        .map(reason -> sentence(reason.code().code(), reason.detail()))
        .toList();
  }

  @Test
  void detailsOfTheRulesBecomeSentences() {
    CrateId young = station.publish("alpha", "1.0.0", 1);
    assertThat(sentences(young))
        .contains("Younger than 14 days", "Not inspected yet, so the longer cooldown applies");

    station.decide(Decision.Kind.EXEMPT, young, GateFixture.START.plus(Duration.ofDays(7)));
    assertThat(sentences(young)).contains("Exempted by ann until 1 December 2026: because");

    station.decide(Decision.Kind.APPROVE, young);
    assertThat(sentences(young)).contains("Approved by ann: because");

    CrateId other = station.publish("beta", "1.0.0", 1);
    station.decide(Decision.Kind.DENY, other);
    assertThat(sentences(other)).contains("Denied by ann: because");
  }
}
