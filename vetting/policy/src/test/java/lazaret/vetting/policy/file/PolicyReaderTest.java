package lazaret.vetting.policy.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lazaret.vetting.Bytes;
import lazaret.vetting.policy.EvidencePolicy.Risk;
import lazaret.vetting.policy.Policy;
import lazaret.vetting.policy.PolicyLevel;
import lazaret.vetting.review.ContentRole;
import org.junit.jupiter.api.Test;

class PolicyReaderTest {
  private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

  @Test
  void anEmptyFileChangesNothing() {
    assertThat(right("").policy()).isEqualTo(Policy.DEFAULT);
  }

  @Test
  void readsWhatIsSetAndLeavesTheRest() {
    Policy policy =
        right(
                """
                automatic = false
                cooldown = "3d"
                [advisories]
                low = "deny"
                score = { review = 7.5, deny = 9.8 }
                [feeds]
                after-stop = "nothing"
                [approvals]
                second-person = ["takeover"]
                [signals.codes]
                base64 = "warn"
                """)
            .policy();

    assertThat(policy.automatic()).isFalse();
    assertThat(policy.cooldown()).isEqualTo(Duration.ofDays(3));
    assertThat(policy.buildCooldown()).isEqualTo(Policy.DEFAULT.buildCooldown());
    assertThat(policy.advisories().vulnerabilities().low()).isEqualTo(PolicyLevel.DENY);
    assertThat(policy.advisories().vulnerabilities().high()).isEqualTo(PolicyLevel.REVIEW);
    assertThat(policy.advisories().feeds().approvedToo()).isTrue();
    assertThat(policy.evidence().secondPerson()).containsExactly(Risk.TAKEOVER);
    assertThat(policy.signals().codes()).containsEntry("base64", PolicyLevel.WARN);
    assertThat(policy.generation()).isNotEqualTo(Policy.DEFAULT.generation());
  }

  @Test
  void readsTheConditionsOnApprovers() {
    Policy policy =
        right(
                """
                [approvals]
                min-read = { build-script = 100, macro = 0, runtime = 50 }
                requester-may-approve = false
                """)
            .policy();

    assertThat(policy.evidence().approver().minRead())
        .containsExactly(
            Map.entry(ContentRole.BUILD_SCRIPT, 100), Map.entry(ContentRole.RUNTIME, 50));
    assertThat(policy.evidence().approver().requesterMayApprove()).isFalse();
    assertThat(policy.generation()).isNotEqualTo(Policy.DEFAULT.generation());
    assertThat(right("[approvals]\nmin-read = {}").policy().generation())
        .isEqualTo(Policy.DEFAULT.generation());
  }

  @Test
  void refusesSharesThatAreNoPercent() {
    assertThat(wrong("[approvals]\nmin-read = { build-script = 101, tests = 5 }"))
        .anyMatch(
            mistake ->
                mistake.contains(
                    "'approvals.min-read.build-script' must be a whole number of percent from 0 to"
                        + " 100"))
        .anyMatch(mistake -> mistake.contains("tests"));
    assertThat(wrong("[approvals]\nmin-read = { runtime = 49.5 }"))
        .anyMatch(mistake -> mistake.contains("a whole number of percent"));
  }

  @Test
  void tellsEveryMistakeAtOnceWithItsPlace() {
    assertThat(
            wrong(
                """
                automatc = true
                cooldown = "soon"
                [advisories]
                high = "block"
                [[ban]]
                crate = "a b"
                reason = ""
                [[override]]
                crate = "serde"
                what = "MAL-2026-1"
                reason = "no"
                expires = 2030-01-01
                [[test]]
                crate = "serde"
                """))
        .containsExactly(
            "1:1 unknown key 'automatc'; did you mean 'automatic'?",
            "2:1 'cooldown' is 'soon': expected a duration like \"7d\" or \"12h\"",
            "4:1 'advisories.high' is 'block': expected allow, warn, review or deny",
            "6:1 'ban.crate' is 'a b': expected the name of a crate (cannot read crate name 'a b':"
                + " expected 1 to 64 ASCII letters, digits, '-' or '_', the first one a letter)",
            "10:1 'override.what' is 'MAL-2026-1': a policy cannot set it aside; two persons can"
                + " waive malware with 'vetting-cli approve --waive'",
            "12:1 'override.expires' is more than 366d ahead, which 'approvals.max-duration'"
                + " forbids",
            "13:1 [test] lacks 'expect': allow, hold, review or deny");
  }

  @Test
  void anExpiredOverrideIsNoMistake() {
    String text =
        """
        [[override]]
        crate = "serde"
        version = "=1.0.0"
        what = "cooldown"
        reason = "we wrote it"
        expires = 2020-01-01
        """;

    assertThat(right(text).policy().overrides()).hasSize(1);
  }

  @Test
  void whatIsNoTomlIsOneMistake() {
    assertThat(wrong("= 3")).hasSize(1);
  }

  @Test
  void refusesTheFormerTablesWithEveryOtherMistake() {
    assertThat(
            wrong(
                """
                cooldwon = "1d"
                [deny-toml]
                file = "ci/deny.toml"
                ignore-until = 2027-01-31
                [audit-toml]
                file = ".cargo/audit.toml"
                [advisories]
                high = "block"
                """))
        .containsExactly(
            "1:1 unknown key 'cooldwon'; did you mean 'cooldown'?",
            "2:1 expected the settings of the policy, found the table [deny-toml]; run 'vetting-cli"
                + " policy from-deny ci/deny.toml > policy.toml' after a copy of the other"
                + " settings",
            "5:1 expected the settings of the policy, found the table [audit-toml]; write its"
                + " settings into this file: docs/policy.md lists the key for each of them",
            "8:1 'advisories.high' is 'block': expected allow, warn, review or deny");
  }

  @Test
  void namesTheCommandForAFormerTableWithAPathThatNeedsQuotes() {
    for (String table :
        List.of("[deny-toml]\nfile = \"a b; c.toml\"\n", "[deny-toml]\n", "deny-toml = {}\n")) {
      assertThat(wrong(table))
          .containsExactly(
              "1:1 expected the settings of the policy, found the table [deny-toml]; run"
                  + " 'vetting-cli policy from-deny deny.toml > policy.toml'");
    }
  }

  @Test
  void theExamplesOfTheManualHold() throws IOException {
    String manual =
        Files.readString(
            Path.of(System.getProperty("lazaret.root", "../..")).resolve("docs/policy.md"));
    Matcher blocks = Pattern.compile("(?s)```toml\n(.*?)```").matcher(manual);
    int run = 0;
    while (blocks.find()) {
      PolicyParseResult.Valid read = right(blocks.group(1));
      assertThat(read.formerNames()).isEmpty();
      for (PolicyExample example : read.examples()) {
        PolicyExample.Outcome outcome = example.run(read.policy(), NOW);
        assertThat(outcome.passes()).as(example.title() + ": " + outcome.verdict()).isTrue();
        run++;
      }
    }
    assertThat(run).isGreaterThanOrEqualTo(6);
  }

  @Test
  void anExampleThatDoesNotHoldFails() {
    PolicyParseResult.Valid read =
        right("[[test]]\ncrate = \"serde\"\nage = \"1d\"\nexpect = \"allow\"\n");

    assertThat(read.examples().getFirst().run(read.policy(), NOW).passes()).isFalse();
  }

  static PolicyParseResult.Valid right(String text) {
    PolicyParseResult outcome = PolicyReader.read(Bytes.utf8(text), Policy.DEFAULT, NOW);
    assertThat(outcome).isInstanceOf(PolicyParseResult.Valid.class);
    return (PolicyParseResult.Valid) outcome;
  }

  static List<String> wrong(String text) {
    PolicyParseResult outcome = PolicyReader.read(Bytes.utf8(text), Policy.DEFAULT, NOW);
    assertThat(outcome).isInstanceOf(PolicyParseResult.Invalid.class);
    return ((PolicyParseResult.Invalid) outcome)
        .mistakes().stream()
            .map(m -> "%d:%d %s".formatted(m.line(), m.column(), m.text()))
            .toList();
  }
}
