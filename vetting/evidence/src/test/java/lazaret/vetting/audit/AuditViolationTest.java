package lazaret.vetting.audit;

import static lazaret.vetting.audit.AuditSamples.BYTES;
import static lazaret.vetting.audit.AuditSamples.deploy;
import static lazaret.vetting.audit.AuditSamples.exempt;
import static lazaret.vetting.audit.AuditSamples.local;
import static lazaret.vetting.audit.AuditSamples.run;
import static lazaret.vetting.audit.AuditSamples.store;
import static lazaret.vetting.audit.AuditSamples.verdict;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import org.junit.jupiter.api.Test;

/// Violations: entries that contradict audits. Vectors from the book.
class AuditViolationTest {
  @Test
  void aViolationContradictsWhatCarriesItsCriterion() {
    AuditSet set =
        local(
            """
            [[audits.a]]
            criteria = "safe-to-deploy"
            version = "1.0.0"
            [[audits.a]]
            criteria = "safe-to-run"
            violation = "<1.1"
            """);

    // safe-to-deploy implies safe-to-run, so it is contradicted, and the whole crate with it.
    assertThat(deploy(set, "2.0.0"))
        .isInstanceOfSatisfying(
            AuditVerdict.Violated.class,
            violated ->
                assertThat(violated.conflicts())
                    .singleElement()
                    .satisfies(
                        conflict -> {
                          assertThat(conflict.namesVersion()).isFalse();
                          assertThat(conflict.contradicts()).isNotNull();
                          assertThat(conflict.versions()).isEqualTo("<1.1");
                        }));
  }

  @Test
  void aViolationOfMoreLetsLessStand() {
    AuditSet set =
        local(
            """
            [[audits.a]]
            criteria = "safe-to-run"
            version = "1.0.0"
            [[audits.a]]
            criteria = "safe-to-deploy"
            violation = "*"
            """);

    assertThat(run(set, "1.0.0")).isInstanceOf(AuditVerdict.Fully.class);
    assertThat(deploy(set, "1.0.0")).isInstanceOf(AuditVerdict.Violated.class);
  }

  @Test
  void eachCriterionOfAViolationCountsByItself() {
    AuditSet set =
        local(
            """
            [criteria.x]
            description = "x"
            [criteria.y]
            description = "y"
            [criteria.z]
            description = "z"
            [[audits.a]]
            criteria = ["x", "z"]
            version = "1.0.0"
            [[audits.a]]
            criteria = ["x", "y"]
            violation = "=1.0.0"
            """);

    assertThat(verdict(set, "1.0.0", "z")).isInstanceOf(AuditVerdict.Violated.class);
  }

  @Test
  void aViolationContradictsEitherEndOfADeltaAndAnExemption() {
    String violation = "[[audits.a]]\ncriteria='safe-to-run'\nviolation='=1.0.0'\n";
    AuditSet from =
        local(violation + "[[audits.a]]\ncriteria='safe-to-run'\ndelta='1.0.0 -> 2.0.0'");
    AuditSet to = local(violation + "[[audits.a]]\ncriteria='safe-to-run'\ndelta='2.0.0 -> 1.0.0'");
    AuditSet exempted =
        AuditSet.of(
            store(violation, exempt("1.0.0", "safe-to-run"), "", "[audits]"),
            ImportedChecksums.NONE);

    assertThat(List.of(from, to, exempted))
        .allSatisfy(set -> assertThat(run(set, "3.0.0")).isInstanceOf(AuditVerdict.Violated.class));
  }

  @Test
  void aViolationOfAVersionThatNobodyVouchesForIsStillSaid() {
    AuditSet set = local("[[audits.a]]\ncriteria='safe-to-run'\nviolation='>=1, <2'\nwho='Eve'");

    assertThat(deploy(set, "1.5.0"))
        .isInstanceOfSatisfying(
            AuditVerdict.Violated.class,
            violated -> assertThat(violated.conflicts().getFirst().namesVersion()).isTrue());
    assertThat(deploy(set, "2.0.0")).isInstanceOf(AuditVerdict.NotVetted.class);
  }

  @Test
  void spellingDoesNotEscapeAViolation() {
    AuditSet set = local("[[audits.A-b]]\ncriteria='safe-to-run'\nviolation='*'");

    assertThat(
            set.verdict(
                CrateName.parse("a_B"), CrateVersion.parse("1.0.0"), BYTES, List.of("safe-to-run")))
        .isInstanceOf(AuditVerdict.Violated.class);
  }
}
