package lazaret.vetting.policy.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import lazaret.vetting.Bytes;
import lazaret.vetting.policy.AdvisoryRules;
import lazaret.vetting.policy.AdvisoryRules.Severities;
import lazaret.vetting.policy.Level;
import lazaret.vetting.policy.Policy;
import lazaret.vetting.policy.PolicyOverride;
import org.junit.jupiter.api.Test;

class AuditTomlReaderTest {
  private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
  private static final String POLICY =
      "[audit-toml]\nfile = \".cargo/audit.toml\"\nignore-until = 2027-01-31\n";

  private static final String SENSIBLE =
      """
      [advisories]
      ignore = ["RUSTSEC-2020-0071", "RUSTSEC-2021-0145"]
      informational_warnings = ["unmaintained", "notice"]
      severity_threshold = "medium"
      [database]
      stale = false
      [output]
      deny = ["unmaintained"]
      format = "terminal"
      quiet = false
      show_tree = true
      [yanked]
      enabled = true
      """;

  private static final String EXAMPLES =
      """
      [[test]]
      crate = "serde"
      advisories = [{ id = "RUSTSEC-2020-0001", severity = "low" }]
      expect = "allow"
      [[test]]
      crate = "serde"
      advisories = [{ id = "RUSTSEC-2020-0001", severity = "medium" }]
      expect = "review"
      reason = "vulnerable"
      [[test]]
      crate = "serde"
      advisories = [{ id = "RUSTSEC-2020-0071", severity = "high" }]
      expect = "allow"
      [[test]]
      crate = "serde"
      advisories = [{ id = "RUSTSEC-2020-0002" }]
      expect = "review"
      reason = "vulnerable"
      [[test]]
      crate = "serde"
      advisories = [{ id = "RUSTSEC-2020-0003", kind = "unmaintained" }]
      expect = "review"
      reason = "unmaintained"
      [[test]]
      crate = "serde"
      advisories = [{ id = "RUSTSEC-2020-0071", kind = "malware" }]
      expect = "deny"
      """;

  @Test
  void takesWhatMakesSenseForARegistry() {
    Policy policy = right(SENSIBLE);

    AdvisoryRules rules = policy.advisories();
    assertThat(rules.vulnerabilities())
        .isEqualTo(
            new Severities(Level.REVIEW, Level.REVIEW, Level.REVIEW, Level.ALLOW, Level.REVIEW));
    assertThat(rules.unmaintained()).isEqualTo(Level.REVIEW);
    assertThat(rules.notice()).isEqualTo(Level.WARN);
    assertThat(rules.unsound()).isEqualTo(Level.ALLOW);
    assertThat(rules.yanked()).isEqualTo(Level.WARN);
    assertThat(rules.feeds().limits().stop()).isEqualTo(Duration.ofDays(90));
    assertThat(policy.overrides())
        .extracting(PolicyOverride::what)
        .containsExactly("RUSTSEC-2020-0071", "RUSTSEC-2021-0145");
    assertThat(policy.overrides())
        .extracting(PolicyOverride::expires)
        .containsOnly(Instant.parse("2027-02-01T00:00:00Z"));
  }

  @Test
  void whatItTakesDecides() {
    PolicyOutcome outcome =
        PolicyReader.read(
            PolicyText.of(Bytes.utf8(POLICY + EXAMPLES)).withAudit(Bytes.utf8(SENSIBLE)),
            Policy.DEFAULT,
            NOW);

    assertThat(outcome).isInstanceOf(PolicyOutcome.Right.class);
    PolicyOutcome.Right right = (PolicyOutcome.Right) outcome;
    assertThat(right.examples()).hasSize(6);
    for (PolicyExample example : right.examples()) {
      PolicyExample.Outcome run = example.run(right.policy(), NOW);
      assertThat(run.passes()).as(example.line() + ": " + run.verdict()).isTrue();
    }
  }

  @Test
  void whatItDoesNotSayStaysAsItWas() {
    assertThat(right("").advisories()).isEqualTo(Policy.DEFAULT.advisories());
    assertThat(right("").generation()).isEqualTo(Policy.DEFAULT.generation());
  }

  @Test
  void deniedWarningsGoToAPersonAndNoticesWarnAsInCargoAudit() {
    AdvisoryRules rules = right("[output]\ndeny = [\"warnings\"]\n").advisories();

    assertThat(rules.unmaintained()).isEqualTo(Level.REVIEW);
    assertThat(rules.unsound()).isEqualTo(Level.REVIEW);
    assertThat(rules.yanked()).isEqualTo(Level.REVIEW);
    assertThat(rules.notice()).isEqualTo(Level.WARN);
  }

  @Test
  void yanksThatAreNotLookedForAreDeniedByNobody() {
    String both = "[output]\ndeny = [\"yanked\"]\n[yanked]\nenabled = ";

    assertThat(right(both + "false\n").advisories().yanked()).isEqualTo(Level.ALLOW);
    assertThat(right(both + "true\n").advisories().yanked()).isEqualTo(Level.REVIEW);
  }

  @Test
  void refusesEveryOtherKeyWithAHintAndAllAtOnce() {
    assertThat(
            wrong(
                """
                [advisories]
                ignore = ["MAL-2026-1", "malware", 7]
                severity_threshold = "terrible"
                severity-threshold = "low"
                [database]
                url = "https://example.org/db.git"
                stale = true
                [output]
                verbose = true
                [binary]
                max_binary_size = 1
                [target]
                os = ["linux"]
                [yanked]
                update_index = true
                """))
        .containsExactly(
            ".cargo/audit.toml:2:11 'advisories.ignore' names 'MAL-2026-1': a policy cannot set"
                + " it aside; two persons can waive malware with 'vetting-cli approve --waive'",
            ".cargo/audit.toml:2:25 'advisories.ignore' must name ids of advisories, like"
                + " \"RUSTSEC-2020-0071\"",
            ".cargo/audit.toml:2:36 'advisories.ignore' must be a list of ids of advisories",
            ".cargo/audit.toml:3:1 'advisories.severity_threshold' is 'terrible': expected none,"
                + " low, medium, high or critical",
            ".cargo/audit.toml:4:1 unknown key 'advisories.severity-threshold'; did you mean"
                + " 'advisories.severity_threshold'?",
            ".cargo/audit.toml:6:1 'database.url' is not supported: the gate's feeds are set in"
                + " mirror.toml: [feeds] rustsec, osv, local",
            ".cargo/audit.toml:7:1 'database.stale' can only be false here: past [feeds] stop of"
                + " the policy file nothing is vetted without a person; set another age there",
            ".cargo/audit.toml:9:1 unknown key 'output.verbose'; docs/policy.md lists all keys",
            ".cargo/audit.toml:10:1 'binary' is not supported: the gate inspects crates and 'verify'"
                + " reads lockfiles; leave binaries to cargo-audit, in a separate file",
            ".cargo/audit.toml:13:1 'target.os' is not supported: the gate serves every platform; list"
                + " advisories that concern none of yours in 'advisories.ignore'",
            ".cargo/audit.toml:15:1 'yanked.update_index' is not supported: the gate keeps its index"
                + " itself: [upstream] in mirror.toml");
  }

  @Test
  void ignoresNothingForEver() {
    PolicyOutcome outcome =
        PolicyReader.read(
            PolicyText.of(Bytes.utf8("[audit-toml]\nfile = \"audit.toml\"\n"))
                .withAudit(Bytes.utf8("[advisories]\nignore = [\"RUSTSEC-2020-0071\"]\n")),
            Policy.DEFAULT,
            NOW);

    assertThat(mistakes(outcome))
        .singleElement()
        .asString()
        .startsWith("audit.toml:2:11 'advisories.ignore' has no expiry")
        .endsWith("set 'ignore-until' in [audit-toml] of the policy file");
  }

  @Test
  void standsAboveADenyTomlAndBelowThePolicyFile() {
    String policy = "[deny-toml]\nfile = \"deny.toml\"\n" + POLICY;
    PolicyOutcome outcome =
        PolicyReader.read(
            PolicyText.of(Bytes.utf8(policy + "[advisories]\nunsound = \"deny\"\n"))
                .withDeny(
                    Bytes.utf8(
                        """
                        [advisories]
                        yanked = "deny"
                        maximum-db-staleness = "P5D"
                        """))
                .withAudit(
                    Bytes.utf8(
                        """
                        [advisories]
                        informational_warnings = ["unsound"]
                        [database]
                        stale = false
                        [yanked]
                        enabled = false
                        """)),
            Policy.DEFAULT,
            NOW);

    assertThat(outcome).isInstanceOf(PolicyOutcome.Right.class);
    AdvisoryRules rules = ((PolicyOutcome.Right) outcome).policy().advisories();
    assertThat(rules.unsound()).isEqualTo(Level.DENY);
    assertThat(rules.yanked()).isEqualTo(Level.ALLOW);
    assertThat(rules.feeds().limits().stop()).isEqualTo(Duration.ofDays(5));
  }

  @Test
  void anAuditTomlThatCannotBeReadIsAMistakeOfThePolicy() {
    PolicyOutcome outcome =
        PolicyReader.read(PolicyText.of(Bytes.utf8(POLICY)), Policy.DEFAULT, NOW);

    assertThat(mistakes(outcome))
        .containsExactly("null:2:1 'audit-toml.file' is '.cargo/audit.toml', which cannot be read");
    assertThat(PolicyText.auditFile(Bytes.utf8(POLICY))).isEqualTo(".cargo/audit.toml");
    assertThat(PolicyText.denyFile(Bytes.utf8(POLICY))).isNull();
  }

  private static PolicyOutcome read(String audit) {
    return PolicyReader.read(
        PolicyText.of(Bytes.utf8(POLICY)).withAudit(Bytes.utf8(audit)), Policy.DEFAULT, NOW);
  }

  private static Policy right(String audit) {
    PolicyOutcome outcome = read(audit);
    assertThat(outcome).isInstanceOf(PolicyOutcome.Right.class);
    return ((PolicyOutcome.Right) outcome).policy();
  }

  private static List<String> wrong(String audit) {
    return mistakes(read(audit));
  }

  private static List<String> mistakes(PolicyOutcome outcome) {
    assertThat(outcome).isInstanceOf(PolicyOutcome.Wrong.class);
    return ((PolicyOutcome.Wrong) outcome)
        .mistakes().stream()
            .map(m -> m.file() + ":" + m.line() + ":" + m.column() + " " + m.text())
            .toList();
  }
}
