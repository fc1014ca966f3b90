package lazaret.vetting.policy.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import lazaret.testkit.StoredLines;
import lazaret.vetting.advisory.FeedAge;
import lazaret.vetting.audit.AuditVerdict;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.index.StoredLine;
import lazaret.vetting.inspect.Capabilities;
import lazaret.vetting.inspect.Capabilities.Entry;
import lazaret.vetting.inspect.CapabilityDelta;
import lazaret.vetting.inspect.CrateFacts;
import lazaret.vetting.inspect.ExecutionContext;
import lazaret.vetting.inspect.Findings;
import lazaret.vetting.inspect.Inspector;
import lazaret.vetting.inspect.Signal;
import lazaret.vetting.inspect.SignalCode;
import lazaret.vetting.inspect.SourceProfile;
import lazaret.vetting.inspect.source.Capability;
import lazaret.vetting.ledger.VersionDecisions;
import lazaret.vetting.policy.Policy;
import lazaret.vetting.policy.PolicyLevel;
import lazaret.vetting.policy.Reason;
import lazaret.vetting.policy.Reason.Code;
import lazaret.vetting.policy.SignalPolicy;
import lazaret.vetting.policy.Verdict;
import lazaret.vetting.policy.rules.ExternalEvidence.NewCapabilities;
import lazaret.vetting.takeover.TakeoverSignal;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SignalRuleTest {
  private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

  private SignalPolicy rules = SignalPolicy.DEFAULT;
  private @Nullable NewCapabilities gains;
  private List<TakeoverSignal> takeover = List.of();

  private Verdict judged(int days, SignalCode... codes) {
    StoredLine line =
        StoredLine.first(
            StoredLines.entry(StoredLines.line("1.0.0", NOW.minus(Duration.ofDays(days)))),
            NOW,
            null);
    List<Signal> signals =
        List.of(codes).stream().map(c -> Signal.of(c, "build.rs", 12, "connect(..)")).toList();
    Findings findings =
        new Findings(
            line.entry().cksum(),
            Inspector.VERSION,
            List.of(),
            new CrateFacts(true, false, null, null, 10, 2),
            signals,
            Capabilities.NONE,
            SourceProfile.NONE);
    Policy policy = Policy.DEFAULT.withSignals(rules);
    ExternalEvidence evidence =
        new ExternalEvidence(List.of(), FeedAge.NONE, none(), takeover, List.of(), gains);
    return new PolicyEvaluator(policy)
        .evaluate(
            new RuleInput(line, findings, VersionDecisions.NONE, YankWave.Role.NONE, evidence),
            NOW);
  }

  private static @Nullable AuditVerdict none() {
    return null;
  }

  @Test
  void youngVersionWithAStrongSignalWaitsForAPersonWithThePlace() {
    Verdict verdict = judged(20, SignalCode.BUILD_NETWORK);

    assertThat(verdict).isInstanceOf(Verdict.Review.class);
    assertThat(verdict.reason())
        .isEqualTo(new Reason(Code.SIGNAL, "build-network at build.rs:12: connect(..)"));
  }

  @Test
  void signalOutlastsTheCooldownInTheReasonOfAYoungVersion() {
    assertThat(judged(1, SignalCode.FETCH_AND_RUN)).isInstanceOf(Verdict.Review.class);
  }

  /// A version older than the longer cooldown is offered without an inspection. A weak signal must
  /// not refuse it then, or a new resolution would fail.
  @Test
  void weakSignalHoldsNoVersionThatIsOfferedWithoutAnInspection() {
    assertThat(judged(13, SignalCode.HIDDEN_CHARACTERS)).isInstanceOf(Verdict.Review.class);
    assertThat(judged(15, SignalCode.HIDDEN_CHARACTERS)).isInstanceOf(Verdict.Allow.class);
  }

  @Test
  void weakSignalHoldsTheVersionsOfANewCrateAsLongAsAStrongOne() {
    takeover =
        List.of(
            new TakeoverSignal(
                TakeoverSignal.Code.YOUNG_CRATE,
                TakeoverSignal.Weight.NOTE,
                "new",
                NOW.plus(Duration.ofDays(10))));

    assertThat(judged(20, SignalCode.HIDDEN_CHARACTERS)).isInstanceOf(Verdict.Review.class);
    assertThat(judged(31, SignalCode.HIDDEN_CHARACTERS)).isInstanceOf(Verdict.Allow.class);
  }

  @Test
  void unstatedCapabilityAsksForALookInANewCrateOnly() {
    assertThat(judged(20, SignalCode.UNSTATED_CAPABILITY)).isInstanceOf(Verdict.Allow.class);

    takeover =
        List.of(
            new TakeoverSignal(
                TakeoverSignal.Code.YOUNG_CRATE, TakeoverSignal.Weight.NOTE, "new", NOW));
    assertThat(judged(20, SignalCode.UNSTATED_CAPABILITY)).isInstanceOf(Verdict.Review.class);
  }

  @Test
  void manyPlacesOfOneCodeAreOneReason() {
    Verdict verdict =
        judged(20, SignalCode.BUILD_NETWORK, SignalCode.BUILD_SHELL, SignalCode.BUILD_NETWORK);

    assertThat(verdict.reasons())
        .filteredOn(r -> r.code() == Code.SIGNAL)
        .extracting(Reason::detail)
        .containsExactly(
            "build-network at build.rs:12: connect(..) (and 1 more like it)",
            "build-shell at build.rs:12: connect(..)");
  }

  @Test
  void oldVersionIsServedAndTheSignalIsReported() {
    Verdict verdict = judged(31, SignalCode.BUILD_NETWORK);

    assertThat(verdict).isInstanceOf(Verdict.Allow.class);
    assertThat(verdict.reasons()).extracting(Reason::code).contains(Code.SIGNAL);
  }

  @Test
  void bytesOfAnAttackAreDeniedAtAnyAge() {
    Verdict verdict = judged(900, SignalCode.IOC_DIGEST);

    assertThat(verdict).isInstanceOf(Verdict.Deny.class);
    assertThat(verdict.reason().code()).isEqualTo(Code.MALWARE_SIGNAL);
  }

  @Test
  void notesChangeNothingAndAreNoReason() {
    Verdict verdict = judged(20, SignalCode.NO_COMMIT);

    assertThat(verdict).isInstanceOf(Verdict.Allow.class);
    assertThat(verdict.reasons()).extracting(Reason::code).doesNotContain(Code.SIGNAL);
  }

  @Test
  void whatAVersionGainedHoldsItWhileItIsYoung() {
    gains =
        new NewCapabilities(
            CrateVersion.parse("0.9.0"),
            List.of(),
            new CapabilityDelta(
                List.of(
                    new Entry(ExecutionContext.RUNTIME, Capability.NETWORK, 1, "src/net.rs", 3)),
                List.of(),
                false,
                true,
                4,
                1));

    assertThat(judged(13).reasons())
        .filteredOn(r -> r.code() == Code.SIGNAL)
        .extracting(Reason::detail)
        .containsExactly("network-gained at src/net.rs:3: in runtime code");
    assertThat(judged(20)).isInstanceOf(Verdict.Review.class);
    assertThat(judged(31)).isInstanceOf(Verdict.Allow.class);
  }

  @Test
  void asksForALookAtABuildScriptThatIsNewOrCanDoMore() {
    Entry write = new Entry(ExecutionContext.BUILD, Capability.FS_WRITE, 1, "build.rs", 3);

    assertThat(gained(true, false)).containsExactly("build-changed: there was none before");
    assertThat(gained(false, true, write))
        .contains("build-changed: its tokens are not the same, and new in it is fs-write");
    assertThat(
            gained(
                false,
                true,
                new Entry(ExecutionContext.BUILD, Capability.ENV_READ, 1, "build.rs", 3)))
        .isEmpty();
    assertThat(gained(false, true)).isEmpty();
    assertThat(
            gained(
                false,
                true,
                new Entry(ExecutionContext.TEST, Capability.PROCESS, 1, "tests/a.rs", 3)))
        .isEmpty();
  }

  @Test
  void noChangeOfABuildScriptIsServedBeforeItsTime() {
    CapabilityDelta other = new CapabilityDelta(List.of(), List.of(), false, true, 1, 1);

    assertThat(new NewCapabilities(CrateVersion.parse("0.9.0"), List.of(), other).added())
        .containsExactly("build-changed: its tokens are not the same");
    assertThat(
            new NewCapabilities(CrateVersion.parse("0.9.0"), List.of(), CapabilityDelta.NONE)
                .added())
        .isEmpty();
  }

  /// Returns the reason for holding a version that is two weeks less a day old.
  private List<String> gained(boolean appears, boolean changes, Entry... held) {
    gains =
        new NewCapabilities(
            CrateVersion.parse("0.9.0"),
            List.of(),
            new CapabilityDelta(List.of(held), List.of(), appears, changes, 1, 1));
    return judged(13).reasons().stream()
        .filter(r -> r.code() == Code.SIGNAL)
        .map(Reason::detail)
        .toList();
  }

  @Test
  void whatNobodyLookedIntoIsHeldAtAnyAge() {
    assertThat(judged(900, SignalCode.TOO_SLOW)).isInstanceOf(Verdict.Review.class);
    assertThat(judged(900, SignalCode.NOT_LOOKED_INTO)).isInstanceOf(Verdict.Review.class);
  }

  @Test
  void whatThePolicySaysOfOneCodeItSaysOfEveryAge() {
    var codes = new TreeMap<String, PolicyLevel>();
    codes.put("executable-file", PolicyLevel.REVIEW);
    codes.put("build-network", PolicyLevel.ALLOW);
    rules = new SignalPolicy(PolicyLevel.REVIEW, PolicyLevel.REVIEW, PolicyLevel.ALLOW, codes);

    assertThat(judged(900, SignalCode.EXECUTABLE_FILE)).isInstanceOf(Verdict.Review.class);
    assertThat(judged(20, SignalCode.BUILD_NETWORK)).isInstanceOf(Verdict.Allow.class);
  }
}
