package lazaret.web.review;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import lazaret.vetting.MalformedException;
import lazaret.vetting.deskapi.crates.DecisionInfo;
import lazaret.web.FixedDesk;
import lazaret.web.FormFields;
import org.junit.jupiter.api.Test;

class DecisionFieldsTest {
  private static DecisionFields form(String fields) {
    return DecisionFields.of(FormFields.parse(fields));
  }

  private static Map<String, String> mistakes(String fields) {
    return form(fields).mistakes(FixedDesk.NOW);
  }

  @Test
  void requiresAReasonAndNamedCriteriaOfAnApproval() {
    assertThat(mistakes("kind=approve"))
        .containsEntry(
            "reason", "Write what you looked at. The ledger keeps it, and others rely on it.")
        .containsKey("criteria");
    assertThat(mistakes("kind=approve&reason=read&criteria=safe-to-run")).isEmpty();
    assertThat(mistakes("kind=approve&reason=read&criteria=none")).isEmpty();
  }

  @Test
  void requiresAReasonAloneOfADenial() {
    assertThat(mistakes("kind=deny&reason=no")).isEmpty();
    assertThat(mistakes("kind=revoke")).containsOnlyKeys("reason");
  }

  @Test
  void endsWithTheLastDay() {
    String day = "kind=approve&reason=r&criteria=none&ends=day&day=";

    assertThat(form(day + "2026-12-01").end(FixedDesk.NOW))
        .contains(Instant.parse("2026-12-02T00:00:00Z"));
    assertThat(mistakes(day + "2026-11-27"))
        .containsEntry("day", "The day is over. Choose a later one.");
    assertThat(mistakes(day + "soon")).containsEntry("day", "Choose a day, such as 2027-01-31.");
  }

  @Test
  void endsAfterDaysOrNever() {
    assertThat(form("kind=approve&ends=14").end(FixedDesk.NOW))
        .contains(Instant.parse("2026-12-12T17:36:00Z"));
    assertThat(form("kind=approve&ends=never").end(FixedDesk.NOW)).isEmpty();
    assertThat(form("kind=deny&ends=14").end(FixedDesk.NOW)).isEmpty();
  }

  @Test
  void aMissingOrUnknownKindIsAMistake() {
    for (String kind : List.of("", "kind=&", "kind=exempt&", "kind=Approve&")) {
      DecisionFields fields = form(kind + "reason=read&criteria=none");

      assertThat(fields.mistakes(FixedDesk.NOW)).containsOnlyKeys("kind");
      assertThat(fields.approves()).isFalse();
      assertThatThrownBy(fields::decision).isInstanceOf(MalformedException.class);
    }
    assertThat(form("kind=approve").decision()).isEqualTo(DecisionInfo.Kind.APPROVE);
    assertThat(form("kind=revoke").decision()).isEqualTo(DecisionInfo.Kind.REVOKE);
  }

  @Test
  void anUnknownEndOfAnApprovalIsAMistake() {
    assertThat(mistakes("kind=approve&reason=read&criteria=none&ends=30")).containsOnlyKeys("ends");
    assertThat(mistakes("kind=deny&reason=no&ends=30")).isEmpty();
  }

  @Test
  void namesNoCriteriaInADenial() {
    assertThat(form("kind=deny&criteria=safe-to-deploy").named()).isEmpty();
    assertThat(form("kind=approve&criteria=other").named()).isEmpty();
    assertThat(form("kind=approve&criteria=safe-to-deploy").named())
        .containsExactly("safe-to-deploy");
  }
}
