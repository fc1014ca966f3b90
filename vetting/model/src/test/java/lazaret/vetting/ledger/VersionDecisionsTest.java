package lazaret.vetting.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VersionDecisionsTest {
  private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
  private static final CrateId ALPHA =
      new CrateId(
          CrateName.parse("alpha"), CrateVersion.parse("1.0.0"), Sha256.of(Bytes.utf8("alpha")));

  @ParameterizedTest
  @CsvSource({"ann,ann", "ann,local:ann", "local:ann,ann", "Ann,ann", "local:ann,local:Ann"})
  void whoeverApprovesTwiceIsOnePerson(String first, String second) {
    VersionDecisions decisions = VersionDecisions.NONE.plus(approval(first)).plus(approval(second));

    assertThat(decisions.approvalsAt(NOW)).extracting(Decision::by).containsExactly(second);
  }

  @ParameterizedTest
  @CsvSource({"ann,bob", "ann,local:bob", "local:ann,local:bob", "ann,local:local:ann"})
  void whoIsCalledOtherwiseIsAnotherPerson(String first, String second) {
    VersionDecisions decisions = VersionDecisions.NONE.plus(approval(first)).plus(approval(second));

    assertThat(decisions.approvalsAt(NOW)).extracting(Decision::by).containsExactly(first, second);
  }

  @Test
  void aDenialStartsTheCountAnew() {
    Decision denial =
        new Decision(Decision.Kind.DENY, ALPHA, NOW, "bob", "keys", null, List.of(), List.of());

    assertThat(VersionDecisions.NONE.plus(approval("ann")).plus(denial).approvals()).isEmpty();
  }

  @Test
  void anExemptionByTheSamePersonKeepsTheReview() {
    VersionDecisions decisions =
        VersionDecisions.NONE.plus(approval("ann")).plus(exemption("local:Ann"));

    assertThat(decisions.approvalsAt(NOW)).containsExactly(exemption("local:Ann"));
    assertThat(decisions.reviewsAt(NOW)).containsExactly(approval("ann"));
    assertThat(decisions.plus(approval("bob")).plus(exemption("bob")).reviewsAt(NOW))
        .containsExactly(approval("ann"), approval("bob"));
  }

  @Test
  void aReviewCountsOnceAndEndsWithADenial() {
    Decision denial =
        new Decision(Decision.Kind.DENY, ALPHA, NOW, "bob", "keys", null, List.of(), List.of());
    VersionDecisions decisions =
        VersionDecisions.NONE.plus(approval("ann")).plus(exemption("ann")).plus(approval("ann"));

    assertThat(decisions.reviewsAt(NOW)).containsExactly(approval("ann"));
    assertThat(decisions.plus(exemption("ann")).plus(denial).reviewsAt(NOW)).isEmpty();
  }

  private static Decision exemption(String by) {
    return new Decision(
        Decision.Kind.EXEMPT, ALPHA, NOW, by, "in use", NOW.plusSeconds(60), List.of(), List.of());
  }

  private static Decision approval(String by) {
    return new Decision(Decision.Kind.APPROVE, ALPHA, NOW, by, "read", null, List.of(), List.of());
  }
}
