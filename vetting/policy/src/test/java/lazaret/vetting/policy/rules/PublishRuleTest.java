package lazaret.vetting.policy.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import lazaret.testkit.StoredLines;
import lazaret.vetting.index.StoredLine;
import lazaret.vetting.inspect.Signal;
import lazaret.vetting.inspect.SignalCode;
import lazaret.vetting.ledger.VersionDecisions;
import lazaret.vetting.policy.Policy;
import lazaret.vetting.policy.PolicyLevel;
import lazaret.vetting.policy.PrivatePolicy;
import lazaret.vetting.policy.PrivatePolicy.Hold;
import lazaret.vetting.policy.PrivatePolicy.SimilarNames;
import lazaret.vetting.policy.Reason;
import lazaret.vetting.policy.SignalPolicy;
import lazaret.vetting.policy.Verdict;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PublishRuleTest {
  private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");
  private static final List<Signal> REVIEWED =
      List.of(Signal.of(SignalCode.NOT_LOOKED_INTO, "data.bin", 0, "a file of 9 GiB"));

  private static Policy policy(Hold hold) {
    return Policy.DEFAULT.withPrivateCrates(
        new PrivatePolicy(hold, Duration.ZERO, SimilarNames.HOLD, false));
  }

  @Test
  void eachSettingHoldsItsVersions() {
    assertThat(PublishRule.hold(policy(Hold.NONE), true, REVIEWED)).isEmpty();
    assertThat(PublishRule.hold(policy(Hold.NEW_CRATES), false, REVIEWED)).isEmpty();
    assertThat(PublishRule.hold(policy(Hold.NEW_CRATES), true, List.of()))
        .hasValue("a new crate waits for a decision until one version is approved");
    assertThat(PublishRule.hold(policy(Hold.SIGNALS), true, List.of())).isEmpty();
    assertThat(PublishRule.hold(policy(Hold.SIGNALS), false, REVIEWED).orElse(""))
        .startsWith("inspection found ");
    assertThat(PublishRule.hold(policy(Hold.EVERY), false, List.of())).isPresent();
  }

  @Test
  void aSignalThatThePolicyOnlyShowsHoldsNothing() {
    Policy shown =
        policy(Hold.SIGNALS)
            .withSignals(
                new SignalPolicy(
                    PolicyLevel.WARN, PolicyLevel.WARN, PolicyLevel.ALLOW, new TreeMap<>()));

    assertThat(PublishRule.hold(shown, false, REVIEWED)).isEmpty();
  }

  @Test
  void aHeldVersionIsInReviewAtAnyAge() {
    StoredLine line = line(NOW.minus(Duration.ofDays(900)));
    PolicyEvaluator evaluator = new PolicyEvaluator(policy(Hold.NONE).hosted());

    assertThat(evaluator.evaluate(input(line, "held"), NOW))
        .isInstanceOfSatisfying(
            Verdict.Review.class,
            review ->
                assertThat(review.reason())
                    .isEqualTo(new Reason(Reason.Code.PUBLISH_HELD, "held")));
    assertThat(evaluator.evaluate(input(line, null), NOW)).isInstanceOf(Verdict.Allow.class);
  }

  @Test
  void aPrivateVersionDoesNotWaitForAnAge() {
    StoredLine line = line(NOW);

    assertThat(new PolicyEvaluator(Policy.DEFAULT.hosted()).evaluate(input(line, null), NOW))
        .isInstanceOf(Verdict.Allow.class);
    assertThat(new PolicyEvaluator(Policy.DEFAULT).evaluate(input(line, null), NOW))
        .isInstanceOf(Verdict.Hold.class);
  }

  private static StoredLine line(Instant published) {
    return StoredLine.first(StoredLines.entry(StoredLines.line("1.0.0", published)), NOW, null);
  }

  private static RuleInput input(StoredLine line, @Nullable String hold) {
    return new RuleInput(
        line, null, VersionDecisions.NONE, YankWave.Role.NONE, ExternalEvidence.NONE, hold);
  }
}
