package lazaret.vetting.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import lazaret.vetting.Bytes;
import lazaret.vetting.MalformedException;
import lazaret.vetting.audit.AuditStep.Kind;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Vectors from the book's *Algorithm*, *Audit Criteria* and *Audit Entries*.
class AuditSetTest {
  private static final Sha256 BYTES = Sha256.of(Bytes.utf8("the bytes"));
  private static final Sha256 OTHERS = Sha256.of(Bytes.utf8("others"));

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
            store(violation, exempt("1.0.0", "safe-to-run"), "", "[audits]"), SeenChecksums.NONE);

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
  void anExemptionVetsAndIsSaid() {
    AuditSet set =
        AuditSet.of(
            store(
                "[[audits.a]]\ncriteria='safe-to-deploy'\ndelta='1.0.0 -> 1.1.0'",
                exempt("1.0.0", "safe-to-deploy"),
                "",
                "[audits]"),
            SeenChecksums.NONE);

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
            SeenChecksums.NONE);

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
    AuditSet set = AuditSet.of(store(wildcard, "", published, "[audits]"), SeenChecksums.NONE);

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
    AuditSet ours = AuditSet.of(store(trusted, "", published, "[audits]"), SeenChecksums.NONE);
    AuditSet theirs = AuditSet.of(store("[audits]", "", published, trusted), SeenChecksums.NONE);

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
  void spellingDoesNotEscapeAViolation() {
    AuditSet set = local("[[audits.A-b]]\ncriteria='safe-to-run'\nviolation='*'");

    assertThat(
            set.verdict(
                CrateName.parse("a_B"), CrateVersion.parse("1.0.0"), BYTES, List.of("safe-to-run")))
        .isInstanceOf(AuditVerdict.Violated.class);
  }

  @Test
  void evidenceIsBoundToTheBytesThatWereSeenAtImport() {
    var seen = new SeenChecksums(new TreeMap<>(java.util.Map.of("a", sorted("1.0.0", BYTES))));
    String peer = "[[audits.a]]\ncriteria='safe-to-deploy'\nversion='1.0.0'";
    AuditSet set = AuditSet.of(store("[audits]", "", "", peer), seen);

    assertThat(deploy(set, "1.0.0")).isInstanceOf(AuditVerdict.Fully.class);
    assertThat(
            set.verdict(
                CrateName.parse("a"),
                CrateVersion.parse("1.0.0"),
                OTHERS,
                List.of("safe-to-deploy")))
        .isEqualTo(new AuditVerdict.OtherBytes(BYTES));
  }

  @Test
  void theDigestChangesWithWhatIsSaidOfTheCrateAlone() {
    String one = "[[audits.a]]\ncriteria='safe-to-deploy'\nversion='1.0.0'\n";
    AuditSet before = local(one + "[[audits.b]]\ncriteria='safe-to-run'\nversion='1.0.0'");
    AuditSet after = local(one + "[[audits.b]]\ncriteria='safe-to-deploy'\nversion='1.0.0'");

    assertThat(after.digest(CrateName.parse("a"))).isEqualTo(before.digest(CrateName.parse("a")));
    assertThat(after.digest(CrateName.parse("b")))
        .isNotEqualTo(before.digest(CrateName.parse("b")));
    assertThat(after.digest(CrateName.parse("c")))
        .isEqualTo(AuditSet.NONE.digest(CrateName.parse("c")));
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

  @Test
  void whatWeAndOthersHaveReadBuildsOnEachOther() {
    AuditSet set = local("[[audits.a]]\ncriteria='safe-to-deploy'\nversion='1.0.0'");
    List<AuditEntry> own = List.of(own("1.0.0", "1.1.0", "safe-to-deploy", "ours"));

    assertThat(with(set, "1.1.0", own, "safe-to-run")).isInstanceOf(AuditVerdict.Fully.class);
    assertThat(with(set, "1.1.0", own, "ours"))
        .isEqualTo(new AuditVerdict.NotVetted(List.of("ours")));
    assertThat(deploy(set, "1.1.0")).isInstanceOf(AuditVerdict.NotVetted.class);
  }

  @Test
  void ourOwnWordCountsWhereTheAuditsAreOfOtherBytes() {
    var seen = new TreeMap<String, SortedMap<String, Sha256>>();
    seen.put("a", sorted("1.0.0", OTHERS));
    AuditSet set =
        AuditSet.of(
            VetStore.of(
                AuditsReader.read(
                    Bytes.utf8("[[audits.a]]\ncriteria='safe-to-run'\nversion='1.0.0'")),
                new TreeMap<>()),
            new SeenChecksums(seen));

    assertThat(with(set, "1.0.0", List.of(), "safe-to-run"))
        .isEqualTo(new AuditVerdict.OtherBytes(OTHERS));
    assertThat(with(set, "1.0.0", List.of(own(null, "1.0.0", "safe-to-run")), "safe-to-run"))
        .isInstanceOf(AuditVerdict.Fully.class);
  }

  private static AuditEntry own(@Nullable String from, String to, String... criteria) {
    VetVersion version = VetVersion.parse(to);
    return new AuditEntry(
        List.of("ann"),
        List.of(criteria),
        from == null
            ? new AuditKind.Full(version)
            : new AuditKind.Delta(VetVersion.parse(from), version),
        true,
        null,
        List.of());
  }

  private static AuditVerdict with(
      AuditSet set, String version, List<AuditEntry> own, String criterion) {
    return set.verdictWith(
        CrateName.parse("a"), CrateVersion.parse(version), BYTES, own, List.of(criterion));
  }

  private static SortedMap<String, Sha256> sorted(String version, Sha256 cksum) {
    var map = new TreeMap<String, Sha256>();
    map.put(version, cksum);
    return map;
  }

  private static AuditSet local(String audits) {
    return AuditSet.of(
        VetStore.of(AuditsReader.read(Bytes.utf8(audits)), new TreeMap<>()), SeenChecksums.NONE);
  }

  private static VetStore store(String local, String config, String publishers, String peer) {
    var imports = new TreeMap<String, AuditsFile>();
    imports.put(
        "peer",
        PeerAudits.read(Bytes.utf8(peer))
            .translated(Criteria.of(new TreeMap<>()), new TreeMap<>(), Set.of()));
    return new VetStore(
        AuditsReader.read(Bytes.utf8(local)),
        imports,
        VetConfig.read(Bytes.utf8(config)).exemptions(),
        ImportsLock.read(Bytes.utf8(publishers)).publications(),
        new TreeMap<>());
  }

  private static String exempt(String version, String criteria) {
    return "[[exemptions.a]]\nversion='%s'\ncriteria='%s'\n".formatted(version, criteria);
  }

  private static String publisher(String version, String when, int user) {
    return "[[publisher.a]]\nversion='%s'\nwhen='%s'\nuser-id=%d\nuser-login='u'\n"
        .formatted(version, when, user);
  }

  private static List<AuditStep> steps(AuditVerdict verdict) {
    assertThat(verdict).isInstanceOf(AuditVerdict.Fully.class);
    return ((AuditVerdict.Fully) verdict).paths().getFirst().steps();
  }

  private static AuditVerdict deploy(AuditSet set, String version) {
    return verdict(set, version, "safe-to-deploy");
  }

  private static AuditVerdict run(AuditSet set, String version) {
    return verdict(set, version, "safe-to-run");
  }

  private static AuditVerdict verdict(AuditSet set, String version, String... criteria) {
    return set.verdict(CrateName.parse("a"), CrateVersion.parse(version), BYTES, List.of(criteria));
  }
}
