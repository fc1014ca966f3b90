package lazaret.vetting.audit;

import static lazaret.vetting.audit.AuditSamples.deploy;
import static lazaret.vetting.audit.AuditSamples.exempt;
import static lazaret.vetting.audit.AuditSamples.local;
import static lazaret.vetting.audit.AuditSamples.publisher;
import static lazaret.vetting.audit.AuditSamples.run;
import static lazaret.vetting.audit.AuditSamples.steps;
import static lazaret.vetting.audit.AuditSamples.store;
import static lazaret.vetting.audit.AuditSamples.verdict;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import lazaret.vetting.Bytes;
import lazaret.vetting.MalformedException;
import lazaret.vetting.audit.AuditStep.Kind;
import lazaret.vetting.audit.files.AuditsFile;
import lazaret.vetting.audit.files.Criteria;
import lazaret.vetting.audit.files.PeerAudits;
import org.junit.jupiter.api.Test;

/// The search over audits, exemptions, wildcards and criteria. Vectors from the book's *Algorithm*,
/// *Audit Criteria* and *Audit Entries*.
class AuditSetTest {
  @Test
  void aFullAuditVetsForItsCriterionAndWhatItImplies() {
    AuditSet set = local("[[audits.a]]\ncriteria='safe-to-deploy'\nversion='1.0.0'\nwho='Ada'");

    assertThat(deploy(set, "1.0.0")).isInstanceOf(AuditVerdict.Fully.class);
    assertThat(run(set, "1.0.0")).isInstanceOf(AuditVerdict.Fully.class);
    assertThat(deploy(set, "1.0.1"))
        .isEqualTo(new AuditVerdict.NotVetted(List.of("safe-to-deploy")));
  }

  @Test
  void implicationDoesNotGoBack() {
    AuditSet set = local("[[audits.a]]\ncriteria='safe-to-run'\nversion='1.0.0'");

    assertThat(run(set, "1.0.0")).isInstanceOf(AuditVerdict.Fully.class);
    assertThat(deploy(set, "1.0.0")).isInstanceOf(AuditVerdict.NotVetted.class);
  }

  @Test
  void deltasLeadOnForwardsAndBackwards() {
    AuditSet set =
        local(
            """
            [[audits.a]]
            criteria = "safe-to-deploy"
            version = "2.0.0"
            [[audits.a]]
            criteria = "safe-to-deploy"
            delta = "2.0.0 -> 1.5.0"
            [[audits.a]]
            criteria = "safe-to-deploy"
            delta = "1.5.0 -> 3.0.0"
            """);

    assertThat(steps(deploy(set, "3.0.0")))
        .extracting(step -> step.from() + ">" + step.to())
        .containsExactly("null>2.0.0", "2.0.0>1.5.0", "1.5.0>3.0.0");
  }

  @Test
  void aDeltaAloneIsNoAudit() {
    AuditSet set = local("[[audits.a]]\ncriteria='safe-to-deploy'\ndelta='1.0.0 -> 1.0.1'");

    assertThat(deploy(set, "1.0.1")).isInstanceOf(AuditVerdict.NotVetted.class);
  }

  @Test
  void deltasInACircleLeadNowhere() {
    AuditSet set =
        local(
            """
            [[audits.a]]
            criteria = "safe-to-deploy"
            delta = "1.0.0 -> 2.0.0"
            [[audits.a]]
            criteria = "safe-to-deploy"
            delta = "2.0.0 -> 1.0.0"
            [[audits.a]]
            criteria = "safe-to-deploy"
            delta = "2.0.0 -> 2.0.0"
            """);

    assertThat(deploy(set, "2.0.0")).isInstanceOf(AuditVerdict.NotVetted.class);
  }

  @Test
  void everyStepMustCarryTheCriterion() {
    AuditSet set =
        local(
            """
            [[audits.a]]
            criteria = "safe-to-deploy"
            version = "1.0.0"
            [[audits.a]]
            criteria = "safe-to-run"
            delta = "1.0.0 -> 1.1.0"
            """);

    assertThat(run(set, "1.1.0")).isInstanceOf(AuditVerdict.Fully.class);
    assertThat(deploy(set, "1.1.0")).isInstanceOf(AuditVerdict.NotVetted.class);
  }

  @Test
  void criteriaMayBeMetOnDifferentWays() {
    AuditSet set =
        local(
            """
            [criteria.crypto]
            description = "crypto was read"
            [[audits.a]]
            criteria = "safe-to-deploy"
            version = "1.0.0"
            [[audits.a]]
            criteria = "crypto"
            version = "0.9.0"
            [[audits.a]]
            criteria = "crypto"
            delta = "0.9.0 -> 1.0.0"
            """);

    assertThat(verdict(set, "1.0.0", "safe-to-deploy", "crypto"))
        .isInstanceOfSatisfying(
            AuditVerdict.Fully.class,
            fully ->
                assertThat(fully.paths())
                    .extracting(path -> path.criterion() + path.steps().size())
                    .containsExactly("safe-to-deploy1", "crypto2"));
  }

  @Test
  void implicationIsAClosure() {
    AuditSet set =
        local(
            """
            [criteria.top]
            description = "t"
            implies = "middle"
            [criteria.middle]
            description = "m"
            implies = ["safe-to-deploy"]
            [[audits.a]]
            criteria = "top"
            version = "1.0.0"
            """);

    assertThat(run(set, "1.0.0")).isInstanceOf(AuditVerdict.Fully.class);
    assertThat(verdict(set, "1.0.0", "nobody-defines-it"))
        .isEqualTo(new AuditVerdict.NotVetted(List.of("nobody-defines-it")));
  }

  @Test
  void criteriaThatImplyThemselvesAreRefused() {
    assertThatThrownBy(
            () ->
                local(
                    """
                    [criteria.a]
                    description = "a"
                    implies = "b"
                    [criteria.b]
                    description = "b"
                    implies = "a"
                    [audits]
                    """))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining("implies itself");
  }

  @Test
  void anExemptionVetsAndIsSaid() {
    AuditSet set =
        AuditSet.of(
            store(
                "[[audits.a]]\ncriteria='safe-to-deploy'\ndelta='1.0.0 -> 1.1.0'",
                exempt("1.0.0", "safe-to-deploy"),
                "",
                "[audits]"),
            ImportedChecksums.NONE);

    assertThat(deploy(set, "1.0.0")).isInstanceOf(AuditVerdict.WithExemptions.class);
    assertThat(deploy(set, "1.1.0")).isInstanceOf(AuditVerdict.Partially.class);
  }

  @Test
  void anAuditIsPreferredToAnExemption() {
    AuditSet set =
        AuditSet.of(
            store(
                """
                [[audits.a]]
                criteria = "safe-to-deploy"
                version = "0.1.0"
                [[audits.a]]
                criteria = "safe-to-deploy"
                delta = "0.1.0 -> 1.0.0"
                """,
                exempt("1.0.0", "safe-to-deploy"),
                "",
                "[audits]"),
            ImportedChecksums.NONE);

    assertThat(steps(deploy(set, "1.0.0"))).extracting(AuditStep::kind).containsOnly(Kind.AUDIT);
  }

  @Test
  void anAuditForOthersIsPreferredToOneThatIsNot() {
    AuditSet set =
        local(
            """
            [[audits.a]]
            criteria = "safe-to-deploy"
            version = "1.0.0"
            importable = false
            [[audits.a]]
            criteria = "safe-to-deploy"
            version = "1.5.0"
            [[audits.a]]
            criteria = "safe-to-deploy"
            delta = "1.5.0 -> 1.0.0"
            """);

    assertThat(steps(deploy(set, "1.0.0"))).hasSize(2);
  }

  @Test
  void aWildcardHoldsFromItsStartToTheDayBeforeItsEnd() {
    String wildcard =
        """
        [[wildcard-audits.a]]
        criteria = "safe-to-deploy"
        user-id = 7
        start = "2026-01-01"
        end = "2026-02-01"
        [audits]
        """;
    String published =
        publisher("1.0.0", "2025-12-31", 7)
            + publisher("1.1.0", "2026-01-01", 7)
            + publisher("1.2.0", "2026-01-31", 7)
            + publisher("1.3.0", "2026-02-01", 7)
            + publisher("1.4.0", "2026-01-15", 8);
    AuditSet set = AuditSet.of(store(wildcard, "", published, "[audits]"), ImportedChecksums.NONE);

    assertThat(List.of("1.1.0", "1.2.0"))
        .allSatisfy(v -> assertThat(deploy(set, v)).isInstanceOf(AuditVerdict.Fully.class));
    assertThat(List.of("1.0.0", "1.3.0", "1.4.0"))
        .allSatisfy(v -> assertThat(deploy(set, v)).isInstanceOf(AuditVerdict.NotVetted.class));
  }

  @Test
  void trustIsNotHandedOn() {
    String trusted =
        """
        [[trusted.a]]
        criteria = "safe-to-deploy"
        user-id = 7
        start = "2026-01-01"
        end = "2027-01-01"
        [audits]
        """;
    String published = publisher("1.0.0", "2026-05-05", 7);
    AuditSet ours = AuditSet.of(store(trusted, "", published, "[audits]"), ImportedChecksums.NONE);
    AuditSet theirs =
        AuditSet.of(store("[audits]", "", published, trusted), ImportedChecksums.NONE);

    assertThat(deploy(ours, "1.0.0")).isInstanceOf(AuditVerdict.Fully.class);
    assertThat(deploy(theirs, "1.0.0")).isInstanceOf(AuditVerdict.NotVetted.class);
  }

  @Test
  void aGitRevisionIsNotTheVersion() {
    AuditSet set =
        local(
            "[[audits.a]]\ncriteria='safe-to-deploy'\nversion='1.0.0@git:"
                + "0123456789abcdef0123456789abcdef01234567'");

    assertThat(deploy(set, "1.0.0")).isInstanceOf(AuditVerdict.NotVetted.class);
  }

  @Test
  void aPeersCriteriaAreMappedAfterItsOwnImplications() {
    String peer =
        """
        [criteria.ub-0]
        description = "no unsafe code"
        implies = "ub-1"
        [criteria.ub-1]
        description = "sound"
        [[audits.a]]
        criteria = "ub-0"
        version = "1.0.0"
        """;
    var map = new TreeMap<String, List<String>>();
    map.put("ub-1", List.of("safe-to-run"));
    AuditsFile translated =
        PeerAudits.read(Bytes.utf8(peer)).translated(Criteria.of(new TreeMap<>()), map, Set.of());

    assertThat(translated.audits().get("a"))
        .singleElement()
        .satisfies(entry -> assertThat(entry.criteria()).containsExactly("safe-to-run"));
  }
}
