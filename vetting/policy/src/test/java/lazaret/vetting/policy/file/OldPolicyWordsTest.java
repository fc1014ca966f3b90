package lazaret.vetting.policy.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import lazaret.vetting.policy.ManifestPolicy.Licenses;
import lazaret.vetting.policy.PolicyLevel;
import lazaret.vetting.policy.Reason;
import org.junit.jupiter.api.Test;

/// Policy files that operators wrote keep their meaning: the words of old are read beside those
/// that came after them.
class OldPolicyWordsTest {
  private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

  private static final String LICENSES =
      """
      [licences]
      allow = ["MIT"]
      exceptions = [{ crate = "ring", allow = ["ISC"] }]
      clarify = [{ crate = "webpki@0.21.4", expression = "MIT" }]
      other = "review"
      missing = "warn"
      [[override]]
      crate = "time"
      what = "licence"
      reason = "read it"
      expires = 2027-06-30
      [[test]]
      name = "another licence goes to a person"
      crate = "serde"
      licence = "GPL-3.0-only"
      expect = "review"
      reason = "licence"
      [[test]]
      name = "a licence that an override sets aside"
      crate = "time"
      licence = "GPL-3.0-only"
      expect = "allow"
      """;

  @Test
  void licenseIsReadAsTableKeyReasonAndFact() {
    PolicyParseResult.Valid right = PolicyReaderTest.right(LICENSES);

    Licenses licenses = right.policy().manifest().licenses();
    assertThat(licenses).isNotNull();
    assertThat(licenses.level()).isEqualTo(PolicyLevel.REVIEW);
    assertThat(licenses.exceptions()).hasSize(1);
    assertThat(licenses.clarifications()).hasSize(1);
    assertThat(right.examples()).hasSize(2);
    for (PolicyExample example : right.examples()) {
      PolicyExample.Outcome run = example.run(right.policy(), NOW);
      assertThat(run.passes()).as(example.line() + ": " + run.verdict()).isTrue();
    }
    assertThat(right.examples().getFirst().run(right.policy(), NOW).verdict().reasons())
        .extracting(Reason::code)
        .contains(Reason.Code.LICENSE);
  }

  @Test
  void storedReasonCodeIsFound() {
    assertThat(Reason.Code.find("licence")).contains(Reason.Code.LICENSE);
  }
}
