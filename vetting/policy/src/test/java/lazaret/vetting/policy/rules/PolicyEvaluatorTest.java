package lazaret.vetting.policy.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import lazaret.testkit.StoredLines;
import lazaret.vetting.archive.ArchiveProblem;
import lazaret.vetting.archive.ArchiveProblemCode;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.index.RefusedLine;
import lazaret.vetting.index.StoredLine;
import lazaret.vetting.inspect.CrateFacts;
import lazaret.vetting.inspect.Findings;
import lazaret.vetting.ledger.Decision;
import lazaret.vetting.ledger.VersionDecisions;
import lazaret.vetting.policy.Policy;
import lazaret.vetting.policy.Reason;
import lazaret.vetting.policy.Verdict;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PolicyEvaluatorTest {
  private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
  private static final Sha256 CKSUM = StoredLines.cksum("1.0.0");
  private static final Policy STRICT =
      Policy.DEFAULT.withCooldowns(
          new Policy.Cooldowns(
              false, Duration.ofDays(7), Duration.ofDays(14), Policy.FastLane.CLEAN_DELTA));

  @Test
  void holdsAYoungVersionUntilItsCooldownEnds() {
    Verdict verdict = judge(aged(2), clean(false), null);

    assertThat(verdict)
        .isInstanceOfSatisfying(
            Verdict.Hold.class,
            hold -> assertThat(hold.until()).isEqualTo(NOW.plus(Duration.ofDays(5))));
    assertThat(verdict.reason()).isEqualTo(new Reason(Reason.Code.COOLDOWN, "younger than 7 days"));
  }

  @Test
  void allowsAtTheVeryMomentTheCooldownEnds() {
    assertThat(judge(aged(7), clean(false), null)).isInstanceOf(Verdict.Allow.class);
  }

  @Test
  void waitsLongerForBuildScriptsAndForWhatNobodyLookedInto() {
    assertThat(judge(aged(8), clean(true), null)).isInstanceOf(Verdict.Hold.class);
    assertThat(judge(aged(8), null, null)).isInstanceOf(Verdict.Hold.class);
    assertThat(judge(aged(14), clean(true), null)).isInstanceOf(Verdict.Allow.class);
    assertThat(judge(aged(14), null, null)).isInstanceOf(Verdict.Allow.class);
  }

  @Test
  void saysWhyItWaitsLonger() {
    assertThat(judge(aged(8), null, null).reasons())
        .extracting(Reason::code)
        .containsExactly(Reason.Code.COOLDOWN, Reason.Code.NOT_INSPECTED);
  }

  @Test
  void servesAnApprovedVersionHoweverYoung() {
    assertThat(judge(aged(0), null, approval(null)).reason().code())
        .isEqualTo(Reason.Code.APPROVED);
  }

  @Test
  void doesNotCountAnApprovalOfOtherBytes() {
    StoredLine line = aged(0);
    Decision other =
        new Decision(
            Decision.Kind.APPROVE,
            new CrateId(line.entry().name(), line.entry().version(), StoredLines.cksum("other")),
            NOW,
            "ann",
            "seen",
            null,
            List.of(),
            List.of());

    assertThat(judge(line, null, other)).isInstanceOf(Verdict.Hold.class);
  }

  @Test
  void fallsBackToTheRulesWhenAnApprovalRunsOut() {
    Verdict young = judge(aged(1), null, approval(NOW));
    Verdict strict =
        new PolicyEvaluator(STRICT).evaluate(ruleInput(aged(30), null, approval(NOW)), NOW);

    assertThat(young).isInstanceOf(Verdict.Hold.class);
    assertThat(strict).isInstanceOf(Verdict.Review.class);
    assertThat(strict.reasons()).extracting(Reason::code).contains(Reason.Code.APPROVAL_EXPIRED);
  }

  @Test
  void aDenialAndARevocationOutrankAge() {
    assertThat(judge(aged(900), clean(false), decision(Decision.Kind.DENY)))
        .isInstanceOf(Verdict.Deny.class);
    assertThat(judge(aged(900), clean(false), decision(Decision.Kind.REVOKE)).reason().code())
        .isEqualTo(Reason.Code.REVOKED);
  }

  @Test
  void aHostileArchiveOutranksAnApproval() {
    Findings hostile =
        new Findings(
            CKSUM,
            1,
            List.of(
                new ArchiveProblem(ArchiveProblemCode.PATH_TRAVERSAL, "../x", "leaves its folder")),
            new CrateFacts(false, false, null, null, 1, 1));

    assertThat(judge(aged(900), hostile, approval(null)).reason().code())
        .isEqualTo(Reason.Code.ARCHIVE_NOT_CONFORMANT);
  }

  @Test
  void sendsWhatUpstreamChangedOrDroppedToReviewUnlessApproved() {
    StoredLine line = aged(900);
    StoredLine gone = new StoredLine(line.entry(), null, line.firstSeen(), null, null, NOW, null);
    StoredLine changed =
        new StoredLine(
            line.entry(), null, line.firstSeen(), null, null, null, StoredLines.cksum("other"));

    assertThat(judge(gone, clean(false), null).reason().code())
        .isEqualTo(Reason.Code.GONE_UPSTREAM);
    assertThat(judge(changed, clean(false), null).reason().code())
        .isEqualTo(Reason.Code.CKSUM_CHANGED);
    assertThat(judge(gone, clean(false), approval(null))).isInstanceOf(Verdict.Allow.class);
    assertThat(judge(changed, clean(false), approval(null))).isInstanceOf(Verdict.Allow.class);
  }

  @Test
  void aRemovalThatIsNotConfirmedWithholdsOnlyWhatWasYoung() {
    StoredLine old = aged(900).missing(NOW);
    StoredLine young = aged(1).missing(NOW);
    StoredLine agedSince = aged(900).missing(NOW.minus(Duration.ofDays(899)));

    Verdict served = judge(old, clean(false), null);

    assertThat(served).isInstanceOf(Verdict.Allow.class);
    assertThat(served.has(Reason.Code.REMOVAL_UNCONFIRMED)).isTrue();
    assertThat(judge(young, clean(false), null).reason().code())
        .isEqualTo(Reason.Code.REMOVAL_UNCONFIRMED);
    assertThat(judge(young, clean(false), approval(null))).isInstanceOf(Verdict.Allow.class);
    assertThat(judge(agedSince, clean(false), null)).isInstanceOf(Verdict.Review.class);
  }

  @Test
  void aChangedLineWithholdsOnlyWhatWasYoung() {
    StoredLine old = refused(aged(900), NOW);
    StoredLine young = refused(aged(1), NOW);

    Verdict served = judge(old, clean(false), null);

    assertThat(served).isInstanceOf(Verdict.Allow.class);
    assertThat(served.has(Reason.Code.LINE_CHANGED)).isTrue();
    assertThat(judge(young, clean(false), null).reason().code())
        .isEqualTo(Reason.Code.LINE_CHANGED);
    assertThat(judge(young, clean(false), approval(null))).isInstanceOf(Verdict.Allow.class);
  }

  private static StoredLine refused(StoredLine line, Instant since) {
    return new StoredLine(
        line.entry(),
        null,
        line.firstSeen(),
        line.ageFloor(),
        null,
        null,
        null,
        null,
        new RefusedLine(StoredLines.cksum("other"), since, "more: qzevil ^1"));
  }

  @Test
  void strictPolicyCountsApprovalsOnly() {
    assertThat(
            new PolicyEvaluator(STRICT)
                .evaluate(ruleInput(aged(900), clean(false), null), NOW)
                .reason()
                .code())
        .isEqualTo(Reason.Code.NOT_APPROVED);
  }

  @Test
  void auditServesWhatRulesWithholdButNoDenial() {
    Policy audit = Policy.DEFAULT.withMode(Policy.Mode.AUDIT);

    assertThat(audit.serves(judge(aged(1), null, null))).isTrue();
    assertThat(audit.serves(judge(aged(1), null, decision(Decision.Kind.DENY)))).isFalse();
    assertThat(Policy.DEFAULT.serves(judge(aged(1), null, null))).isFalse();
  }

  private static Verdict judge(
      StoredLine line, @Nullable Findings findings, @Nullable Decision decision) {
    return new PolicyEvaluator(Policy.DEFAULT).evaluate(ruleInput(line, findings, decision), NOW);
  }

  private static RuleInput ruleInput(
      StoredLine line, @Nullable Findings findings, @Nullable Decision decision) {
    VersionDecisions decided =
        decision == null ? VersionDecisions.NONE : VersionDecisions.NONE.plus(decision);
    return new RuleInput(line, findings, decided, YankWave.Role.NONE, ExternalEvidence.NONE);
  }

  private static StoredLine aged(int days) {
    Instant published = NOW.minus(Duration.ofDays(days));
    return StoredLine.first(StoredLines.entry(StoredLines.line("1.0.0", published)), NOW, null);
  }

  private static Findings clean(boolean buildScript) {
    return new Findings(CKSUM, 1, List.of(), new CrateFacts(buildScript, false, null, null, 10, 2));
  }

  private static Decision approval(@Nullable Instant expires) {
    return new Decision(
        Decision.Kind.APPROVE,
        aged(0).entry().id(),
        NOW.minusSeconds(60),
        "ann",
        "seen",
        expires,
        List.of(),
        List.of());
  }

  private static Decision decision(Decision.Kind kind) {
    return new Decision(kind, aged(0).entry().id(), NOW, "ann", "no", null, List.of(), List.of());
  }
}
