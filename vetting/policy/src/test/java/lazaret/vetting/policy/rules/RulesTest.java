package lazaret.vetting.policy.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import lazaret.testkit.StoredLines;
import lazaret.vetting.advisory.Advisory;
import lazaret.vetting.advisory.AdvisoryGroup;
import lazaret.vetting.advisory.AdvisoryKind;
import lazaret.vetting.advisory.AffectedVersions;
import lazaret.vetting.advisory.FeedAge;
import lazaret.vetting.advisory.FeedFormat;
import lazaret.vetting.advisory.FeedInfo;
import lazaret.vetting.advisory.Severity;
import lazaret.vetting.advisory.SeverityRating;
import lazaret.vetting.audit.AuditConflict;
import lazaret.vetting.audit.AuditVerdict;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.VersionReq;
import lazaret.vetting.index.StoredLine;
import lazaret.vetting.inspect.CapabilityDelta;
import lazaret.vetting.inspect.CrateFacts;
import lazaret.vetting.inspect.Findings;
import lazaret.vetting.inspect.particular.Particular;
import lazaret.vetting.inspect.particular.ParticularKind;
import lazaret.vetting.ledger.Decision;
import lazaret.vetting.ledger.DecisionContext;
import lazaret.vetting.ledger.VersionDecisions;
import lazaret.vetting.policy.ApproverPolicy;
import lazaret.vetting.policy.EvidencePolicy;
import lazaret.vetting.policy.Policy;
import lazaret.vetting.policy.PolicyLevel;
import lazaret.vetting.policy.PolicyOverride;
import lazaret.vetting.policy.Reason;
import lazaret.vetting.policy.Reason.Code;
import lazaret.vetting.policy.TakeoverPolicy;
import lazaret.vetting.policy.Verdict;
import lazaret.vetting.policy.rules.ExternalEvidence.NewCapabilities;
import lazaret.vetting.review.ContentRole;
import lazaret.vetting.takeover.TakeoverSignal;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Tests of the rules with external evidence.
class RulesTest {
  private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

  private final List<AdvisoryGroup> hits = new ArrayList<>();
  private final List<TakeoverSignal> takeover = new ArrayList<>();
  private final List<String> fixes = new ArrayList<>();
  private VersionDecisions decisions = VersionDecisions.NONE;
  private FeedAge feeds = FeedAge.NONE;
  private @Nullable AuditVerdict audit;
  private @Nullable NewCapabilities delta;
  private Policy policy = Policy.DEFAULT;
  private int days = 900;
  private boolean buildScript;

  @Test
  void malwareDeniesInEveryModeWhoeverApproved() {
    hit(AdvisoryKind.MALWARE, Severity.CRITICAL, "MAL-2026-1");
    approve("ann");
    approve("bob");
    policy = policy.withMode(Policy.Mode.AUDIT);

    assertThat(verdict()).isInstanceOf(Verdict.Deny.class);
    assertThat(verdict().reason().code()).isEqualTo(Code.MALWARE);
    assertThat(policy.serves(verdict())).isFalse();
  }

  @Test
  void twoPersonsWhoNameItWaiveMalware() {
    hit(AdvisoryKind.MALWARE, Severity.CRITICAL, "MAL-2026-1");
    approve("ann", "MAL-2026-1");

    assertThat(verdict()).isInstanceOf(Verdict.Deny.class);
    assertThat(verdict().has(Code.SECOND_PERSON_NEEDED)).isTrue();

    approve("ann", "mal-2026-1");
    assertThat(verdict()).isInstanceOf(Verdict.Deny.class);

    approve("bob", "mal-2026-1");
    assertThat(verdict()).isInstanceOf(Verdict.Allow.class);
    assertThat(codes()).containsExactly(Code.APPROVED, Code.MALWARE, Code.WAIVED);
  }

  @Test
  void aWaiverOfOneReportDoesNotCoverTheNext() {
    hit(AdvisoryKind.MALWARE, Severity.CRITICAL, "MAL-2026-1");
    approve("ann", "MAL-2026-1");
    approve("bob", "MAL-2026-1");
    hit(AdvisoryKind.MALWARE, Severity.CRITICAL, "MAL-2026-2");

    assertThat(verdict()).isInstanceOf(Verdict.Deny.class);
    assertThat(verdict().reason().detail()).startsWith("MAL-2026-2");
  }

  @Test
  void aDenialBetweenTwoWaiversUndoesTheFirst() {
    hit(AdvisoryKind.MALWARE, Severity.CRITICAL, "MAL-2026-1");
    approve("ann", "MAL-2026-1");
    decide(Decision.Kind.DENY, "cat");
    approve("bob", "MAL-2026-1");

    assertThat(verdict()).isInstanceOf(Verdict.Deny.class);
  }

  @Test
  void highAndUnratedVulnerabilitiesGoToAPersonAndLowerOnesWarn() {
    assertThat(after(Severity.CRITICAL)).isInstanceOf(Verdict.Review.class);
    assertThat(after(Severity.HIGH)).isInstanceOf(Verdict.Review.class);
    assertThat(after(Severity.UNKNOWN)).isInstanceOf(Verdict.Review.class);
    assertThat(after(Severity.MEDIUM)).isInstanceOf(Verdict.Allow.class);
    assertThat(codes()).containsExactly(Code.AGED, Code.VULNERABLE);
    assertThat(after(Severity.LOW)).isInstanceOf(Verdict.Allow.class);
  }

  @Test
  void anApprovalSetsAVulnerabilityAsideAndStillTellsIt() {
    hit(AdvisoryKind.VULNERABILITY, Severity.CRITICAL, "RUSTSEC-2026-0001");
    approve("ann");

    assertThat(verdict()).isInstanceOf(Verdict.Allow.class);
    assertThat(codes()).containsExactly(Code.APPROVED, Code.VULNERABLE);
  }

  @Test
  void unsoundAndUnmaintainedAreShownAndBlockNothing() {
    hit(AdvisoryKind.UNSOUND, Severity.UNKNOWN, "RUSTSEC-2026-0001");
    hit(AdvisoryKind.UNMAINTAINED, Severity.UNKNOWN, "RUSTSEC-2026-0002");

    assertThat(verdict()).isInstanceOf(Verdict.Allow.class);
    assertThat(codes()).containsExactly(Code.AGED, Code.UNSOUND, Code.UNMAINTAINED);
  }

  @Test
  void aVersionThatIsYoungAndVulnerableIsNotPromisedForADay() {
    days = 1;
    hit(AdvisoryKind.VULNERABILITY, Severity.HIGH, "RUSTSEC-2026-0001");

    assertThat(verdict()).isInstanceOf(Verdict.Review.class);
    assertThat(codes()).containsExactly(Code.VULNERABLE, Code.COOLDOWN);
  }

  @Test
  void aSecondPersonIsWantedWhereThePolicyWantsOne() {
    policy = secondPerson(EvidencePolicy.Risk.TAKEOVER, ApproverPolicy.DEFAULT);
    takeover.add(review());
    approve("ann");

    assertThat(verdict()).isInstanceOf(Verdict.Review.class);
    assertThat(codes()).containsExactly(Code.TAKEOVER, Code.SECOND_PERSON_NEEDED);

    approve("bob");
    assertThat(verdict()).isInstanceOf(Verdict.Allow.class);
  }

  @Test
  void anExemptionIsNoSecondPersonIfReadingIsRequired() {
    ApproverPolicy reads =
        new ApproverPolicy(new TreeMap<>(Map.of(ContentRole.BUILD_SCRIPT, 100)), true);
    policy = secondPerson(EvidencePolicy.Risk.TAKEOVER, reads);
    takeover.add(review());
    approve("ann");
    decide(Decision.Kind.EXEMPT, "bob");

    assertThat(verdict()).isInstanceOf(Verdict.Review.class);

    policy = secondPerson(EvidencePolicy.Risk.TAKEOVER, ApproverPolicy.DEFAULT);
    assertThat(verdict()).isInstanceOf(Verdict.Allow.class);
  }

  @Test
  void theReasonNamesThePersonWhoseApprovalCounts() {
    ApproverPolicy reads =
        new ApproverPolicy(new TreeMap<>(Map.of(ContentRole.BUILD_SCRIPT, 100)), true);
    policy = secondPerson(EvidencePolicy.Risk.TAKEOVER, reads);
    takeover.add(review());
    decide(Decision.Kind.EXEMPT, "bob");
    approve("ann");

    assertThat(verdict().reasons())
        .extracting(Reason::detail)
        .contains("ann approved it; for takeover the policy wants a second person");
  }

  @Test
  void onePersonSufficesWhereNobodyAskedForTwo() {
    takeover.add(review());
    assertThat(verdict()).isInstanceOf(Verdict.Review.class);

    approve("ann");
    assertThat(verdict()).isInstanceOf(Verdict.Allow.class);
  }

  @Test
  void aSignThatTimeCuresHoldsUntilThen() {
    Instant until = NOW.plus(Duration.ofDays(12));
    takeover.add(
        new TakeoverSignal(
            TakeoverSignal.Code.YOUNG_CRATE, TakeoverSignal.Weight.HOLD, "new", until));
    days = 3;

    assertThat(verdict())
        .isInstanceOfSatisfying(
            Verdict.Hold.class, hold -> assertThat(hold.until()).isEqualTo(until));
  }

  @Test
  void whatThePolicySaysOfASignOutranksItsWeight() {
    takeover.add(review());
    policy = takeoverRules(TakeoverSignal.Code.VERSION_JUMP, PolicyLevel.WARN);
    assertThat(verdict()).isInstanceOf(Verdict.Allow.class);

    policy = takeoverRules(TakeoverSignal.Code.VERSION_JUMP, PolicyLevel.DENY);
    assertThat(verdict()).isInstanceOf(Verdict.Deny.class);
    approve("ann");
    assertThat(verdict()).isInstanceOf(Verdict.Deny.class);
    assertThat(policy.withMode(Policy.Mode.AUDIT).serves(verdict())).isTrue();
  }

  @Test
  void aRevivedReleaseIsLookedAtForWhatIsTooLittleElsewhere() {
    takeover.add(
        new TakeoverSignal(
            TakeoverSignal.Code.REVIVED, TakeoverSignal.Weight.NOTE, "after 900 days", null));
    assertThat(verdict()).isInstanceOf(Verdict.Allow.class);
    assertThat(codes()).doesNotContain(Code.TAKEOVER);

    delta = new NewCapabilities(CrateVersion.parse("0.9.0"), List.of(), CapabilityDelta.NONE);
    assertThat(verdict()).isInstanceOf(Verdict.Allow.class);

    var host = new Particular(ParticularKind.ADDRESS, "pay.example", "src/lib.rs", 7);
    delta =
        new NewCapabilities(
            CrateVersion.parse("0.9.0"),
            List.of(),
            new CapabilityDelta(
                List.of(),
                List.of(),
                false,
                false,
                1,
                1,
                List.of(host),
                List.of(),
                CapabilityDelta.Code.SAME,
                CapabilityDelta.Acts.UNKNOWN));
    assertThat(verdict()).isInstanceOf(Verdict.Review.class);
    assertThat(verdict().reason().detail())
        .isEqualTo(
            "revived: after 900 days, and unlike 0.9.0 it has an address or key at src/lib.rs:7:"
                + " pay.example");

    takeover.clear();
    assertThat(verdict()).isInstanceOf(Verdict.Allow.class);
  }

  @Test
  void aCleanFixSkipsTheWait() {
    days = 1;
    fixes.add("RUSTSEC-2026-0001");
    assertThat(verdict()).isInstanceOf(Verdict.Hold.class);
    assertThat(codes()).containsExactly(Code.COOLDOWN, Code.FIX);

    delta = new NewCapabilities(CrateVersion.parse("0.9.0"), List.of(), CapabilityDelta.NONE);
    assertThat(verdict()).isInstanceOf(Verdict.Allow.class);
    assertThat(codes()).contains(Code.FIX);
  }

  @Test
  void aFixThatCanDoMoreWaits() {
    days = 1;
    buildScript = true;
    fixes.add("RUSTSEC-2026-0001");
    delta =
        new NewCapabilities(
            CrateVersion.parse("0.9.0"), List.of("build-script"), CapabilityDelta.NONE);

    assertThat(verdict()).isInstanceOf(Verdict.Hold.class);
    assertThat(verdict().reasons().toString()).contains("could not: build-script");
  }

  @Test
  void aFixSkipsTheWaitOnly() {
    days = 1;
    fixes.add("RUSTSEC-2026-0001");
    delta = new NewCapabilities(CrateVersion.parse("0.9.0"), List.of(), CapabilityDelta.NONE);
    takeover.add(review());

    assertThat(verdict()).isInstanceOf(Verdict.Review.class);
  }

  @Test
  void oldFeedsWarnAndStaleOnesStopVettingButNotWhatAPersonApproved() {
    feeds = age(FeedAge.State.OLD, 8);
    assertThat(codes()).containsExactly(Code.AGED, Code.FEEDS_OLD);

    feeds = age(FeedAge.State.STALE, 91);
    assertThat(verdict()).isInstanceOf(Verdict.Review.class);
    assertThat(codes()).containsExactly(Code.FEEDS_STALE);

    approve("ann");
    assertThat(verdict()).isInstanceOf(Verdict.Allow.class);
    assertThat(codes()).containsExactly(Code.APPROVED, Code.FEEDS_STALE);
  }

  @Test
  void auditsCountWhereOnlyApprovalsDo() {
    policy =
        policy.withCooldowns(
            new Policy.Cooldowns(
                false, Duration.ofDays(7), Duration.ofDays(14), Policy.FastLane.OFF));
    assertThat(verdict().reason().code()).isEqualTo(Code.NOT_APPROVED);

    audit = new AuditVerdict.Fully(List.of());
    assertThat(verdict().reason().code()).isEqualTo(Code.AUDITED);

    hit(AdvisoryKind.VULNERABILITY, Severity.HIGH, "RUSTSEC-2026-0001");
    assertThat(verdict()).isInstanceOf(Verdict.Review.class);
  }

  @Test
  void auditsShortenTheWaitOnlyWhereThePolicySaysSo() {
    days = 1;
    audit = new AuditVerdict.Fully(List.of());
    assertThat(verdict()).isInstanceOf(Verdict.Hold.class);

    EvidencePolicy initial = EvidencePolicy.DEFAULT;
    policy =
        policy.withEvidence(
            new EvidencePolicy(
                initial.violation(),
                initial.criteria(),
                EvidencePolicy.Cooldown.SKIP,
                initial.secondPerson(),
                initial.exemption(),
                initial.longest()));
    assertThat(verdict()).isInstanceOf(Verdict.Allow.class);

    audit = new AuditVerdict.WithExemptions(List.of());
    assertThat(verdict()).isInstanceOf(Verdict.Hold.class);
  }

  @Test
  void aViolationDeniesUntilThePolicyOverridesIt() {
    audit =
        new AuditVerdict.Violated(
            List.of(
                new AuditConflict(
                    "mozilla", "<2", List.of("safe-to-run"), List.of("eve"), "bad", true, null)));
    approve("ann");
    assertThat(verdict()).isInstanceOf(Verdict.Deny.class);

    policy = overriding("violation", "=1.0.0", NOW.plusSeconds(1));
    assertThat(verdict()).isInstanceOf(Verdict.Allow.class);
    assertThat(codes()).containsExactly(Code.APPROVED, Code.VIOLATION, Code.OVERRIDDEN);
  }

  @Test
  void anOverrideEndsAndCoversItsVersionsOnly() {
    hit(AdvisoryKind.VULNERABILITY, Severity.HIGH, "RUSTSEC-2026-0001");
    policy = overriding("rustsec-2026-0001", "=1.0.0", NOW.plusSeconds(1));
    assertThat(verdict()).isInstanceOf(Verdict.Allow.class);

    policy = overriding("RUSTSEC-2026-0001", "=1.0.0", NOW);
    assertThat(verdict()).isInstanceOf(Verdict.Review.class);
    policy = overriding("RUSTSEC-2026-0001", "=1.0.1", NOW.plusSeconds(1));
    assertThat(verdict()).isInstanceOf(Verdict.Review.class);
    policy = overriding("RUSTSEC-2026-0002", "=1.0.0", NOW.plusSeconds(1));
    assertThat(verdict()).isInstanceOf(Verdict.Review.class);
  }

  @Test
  void noOverrideSetsMalwareAside() {
    hit(AdvisoryKind.MALWARE, Severity.CRITICAL, "MAL-2026-1");
    policy = overriding("MAL-2026-1", "*", NOW.plusSeconds(1));
    assertThat(verdict()).isInstanceOf(Verdict.Deny.class);
  }

  @Test
  void anExemptionServesAndSaysThatNobodyLooked() {
    days = 1;
    decide(Decision.Kind.EXEMPT, "ann");

    assertThat(verdict().reason().code()).isEqualTo(Code.EXEMPTED);
  }

  @Test
  void anExemptionCoversTheAdvisoriesThatWereKnownWhenItWasWritten() {
    hit(AdvisoryKind.VULNERABILITY, Severity.HIGH, "RUSTSEC-2026-0001");
    exempt("RUSTSEC-2026-0001");
    assertThat(verdict()).isInstanceOf(Verdict.Allow.class);

    hit(AdvisoryKind.VULNERABILITY, Severity.HIGH, "RUSTSEC-2026-0002");

    assertThat(verdict()).isInstanceOf(Verdict.Review.class);
    assertThat(verdict().reason().detail()).startsWith("RUSTSEC-2026-0002");
    approve("bob");
    assertThat(verdict()).isInstanceOf(Verdict.Allow.class);
  }

  private void exempt(String... known) {
    decisions =
        decisions.plus(
            new Decision(
                Decision.Kind.EXEMPT,
                line().entry().id(),
                NOW,
                "ann",
                "start",
                NOW.plusSeconds(60),
                List.of(),
                List.of(),
                null,
                List.of(),
                new DecisionContext("ann", "0", 0, List.of(), List.of(known))));
  }

  private Verdict after(Severity severity) {
    hits.clear();
    hit(AdvisoryKind.VULNERABILITY, severity, "RUSTSEC-2026-0001");
    return verdict();
  }

  private Verdict verdict() {
    ExternalEvidence evidence = new ExternalEvidence(hits, feeds, audit, takeover, fixes, delta);
    StoredLine line = line();
    Findings findings =
        new Findings(
            line.entry().cksum(),
            1,
            List.of(),
            new CrateFacts(buildScript, false, null, null, 10, 2));
    return new PolicyEvaluator(policy)
        .evaluate(new RuleInput(line, findings, decisions, YankWave.Role.NONE, evidence), NOW);
  }

  private List<Code> codes() {
    return verdict().reasons().stream().map(Reason::code).toList();
  }

  private StoredLine line() {
    return StoredLine.first(
        StoredLines.entry(StoredLines.line("1.0.0", NOW.minus(Duration.ofDays(days)))), NOW, null);
  }

  private void approve(String by, String... waives) {
    decisions =
        decisions.plus(
            new Decision(
                Decision.Kind.APPROVE,
                line().entry().id(),
                NOW,
                by,
                "seen",
                null,
                List.of(),
                List.of(),
                null,
                List.of(waives),
                null));
  }

  private void decide(Decision.Kind kind, String by) {
    Instant expires = kind == Decision.Kind.EXEMPT ? NOW.plusSeconds(60) : null;
    decisions =
        decisions.plus(
            new Decision(kind, line().entry().id(), NOW, by, "so", expires, List.of(), List.of()));
  }

  private void hit(AdvisoryKind kind, Severity severity, String id) {
    hits.add(
        new AdvisoryGroup(
            List.of(
                new Advisory(
                    id,
                    "test",
                    List.of(),
                    null,
                    kind,
                    new SeverityRating(severity, null, null),
                    "a title",
                    null,
                    null,
                    false,
                    AffectedVersions.ALL,
                    Advisory.Scope.ALL,
                    false,
                    List.of())),
            List.of(),
            false));
  }

  private static TakeoverSignal review() {
    return new TakeoverSignal(
        TakeoverSignal.Code.VERSION_JUMP, TakeoverSignal.Weight.REVIEW, "from 1 to 99", null);
  }

  private static FeedAge age(FeedAge.State state, int days) {
    FeedInfo info = new FeedInfo("osv", FeedFormat.OSV, "a file", NOW, null, 1, 0);
    return new FeedAge(state, info, Duration.ofDays(days));
  }

  private static Policy secondPerson(EvidencePolicy.Risk risk, ApproverPolicy approver) {
    EvidencePolicy initial = EvidencePolicy.DEFAULT;
    return Policy.DEFAULT.withEvidence(
        new EvidencePolicy(
            initial.violation(),
            initial.criteria(),
            initial.cooldown(),
            new TreeSet<>(List.of(risk)),
            initial.exemption(),
            initial.longest(),
            approver));
  }

  private static Policy takeoverRules(TakeoverSignal.Code code, PolicyLevel level) {
    TreeMap<String, PolicyLevel> codes = new TreeMap<>();
    codes.put(code.code(), level);
    return Policy.DEFAULT.withTakeover(new TakeoverPolicy(PolicyLevel.REVIEW, codes));
  }

  private static Policy overriding(String what, String req, Instant expires) {
    return Policy.DEFAULT.withOverrides(
        List.of(
            new PolicyOverride(
                StoredLines.entry(StoredLines.line("1.0.0", NOW)).name(),
                VersionReq.parse(req),
                what,
                "we know",
                expires)));
  }
}
