package lazaret.vetting.policy.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import lazaret.vetting.Bytes;
import lazaret.vetting.policy.ManifestPolicy.Licenses;
import lazaret.vetting.policy.Policy;
import lazaret.vetting.policy.PolicyLevel;
import lazaret.vetting.policy.Reason;
import org.junit.jupiter.api.Test;

/// The former names of keys and codes in policy files of operators. They keep their meaning and are
/// noted.
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
  void formerCodesAreFoundAndNotWritten() {
    assertThat(Reason.Code.find("licence")).contains(Reason.Code.LICENSE);
    assertThat(Reason.Code.find("not-vouched-for")).contains(Reason.Code.CRITERIA_NOT_MET);
    assertThat(Reason.Code.LICENSE.code()).isEqualTo("license");
    assertThat(Reason.Code.CRITERIA_NOT_MET.code()).isEqualTo("criteria-not-met");
  }

  @Test
  void eachFormerNameIsNotedWithItsPlace() {
    assertThat(notes(LICENSES))
        .containsExactly(
            "1:1 'licences' is now 'licenses'; the former name works until the next release",
            "9:1 the code 'licence' of 'override.what' is now 'license'; the former name works"
                + " until the next release",
            "15:1 'test.licence' is now 'test.license'; the former name works until the next"
                + " release",
            "17:1 the code 'licence' of 'test.reason' is now 'license'; the former name works until"
                + " the next release",
            "21:1 'test.licence' is now 'test.license'; the former name works until the next"
                + " release");
  }

  @Test
  void formerKeysSetTheKeysOfToday() {
    String former =
        """
        [feeds]
        past-stop = "nothing"
        [approvals]
        longest = "100d"
        [sources]
        organisations = ["github.com/rust-lang"]
        [licences]
        allow = ["MIT"]
        """;
    String today =
        former
            .replace("past-stop", "after-stop")
            .replace("longest", "max-duration")
            .replace("organisations", "organizations")
            .replace("licences", "licenses");

    assertThat(notes(former)).hasSize(4);
    assertThat(notes(today)).isEmpty();
    Policy policy = PolicyReaderTest.right(former).policy();
    assertThat(policy).isEqualTo(PolicyReaderTest.right(today).policy());
    assertThat(policy).isNotEqualTo(Policy.DEFAULT);
    assertThat(PolicyWriter.text(policy))
        .contains(
            "after-stop = \"nothing\"",
            "max-duration = \"100d\"",
            "organizations = [",
            "[licenses]")
        .doesNotContain("past-stop", "longest", "organisations", "licence");
  }

  @Test
  void overridesOfBothCodesAreOne() {
    assertThat(PolicyReaderTest.right(LICENSES).policy().overrides())
        .isEqualTo(
            PolicyReaderTest.right(LICENSES.replace("\"licence\"", "\"license\""))
                .policy()
                .overrides());
  }

  @Test
  void refusesBothNamesOfAKey() {
    assertThat(
            PolicyReaderTest.wrong(
                """
                [licences]
                allow = ["MIT"]
                [licenses]
                allow = ["MIT"]
                [feeds]
                past-stop = "nothing"
                after-stop = "nothing"
                """))
        .containsExactly(
            "1:1 'licences' is the former name of 'licenses', and both are set: remove 'licences'",
            "6:1 'feeds.past-stop' is the former name of 'feeds.after-stop', and both are set:"
                + " remove 'feeds.past-stop'");
  }

  @Test
  void otherToolsFilesHaveNoFormerNames() {
    assertThat(PolicyReader.readDeny(Bytes.utf8("[licences]\nallow = []\n"), Policy.DEFAULT, NOW))
        .isInstanceOf(PolicyParseResult.Invalid.class);
  }

  private static List<String> notes(String text) {
    return PolicyReaderTest.right(text).formerNames().stream()
        .map(note -> "%d:%d %s".formatted(note.line(), note.column(), note.text()))
        .toList();
  }
}
