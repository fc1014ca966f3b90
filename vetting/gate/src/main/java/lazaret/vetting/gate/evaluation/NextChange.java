package lazaret.vetting.gate.evaluation;

import java.time.Duration;
import java.time.Instant;
import lazaret.vetting.index.StoredLine;
import lazaret.vetting.policy.Policy;
import lazaret.vetting.policy.SignalPolicy;
import lazaret.vetting.policy.Verdict;
import lazaret.vetting.policy.rules.RuleInput;
import org.jspecify.annotations.Nullable;

/// The next time-based change of a verdict of a crate: end of a cooldown, expiry of an approval or
/// override, stale feeds. Other crates are not considered. Not thread-safe.
final class NextChange {
  /// The pause before a missing base is requested again.
  private static final Duration BASE_RETRY = Duration.ofMinutes(1);

  private final CrateEvaluation evaluation;
  private final Instant now;
  private @Nullable Instant end;

  NextChange(CrateEvaluation evaluation, Instant now) {
    this.evaluation = evaluation;
    this.now = now;
    endsAt(evaluation.rulebook().staleFrom());
    evaluation
        .rulebook()
        .policy()
        .overridesOf(evaluation.file().crate().name())
        .forEach(o -> endsAt(o.expires()));
  }

  /// Returns the next change over all versions, or null if none depends on time.
  static @Nullable Instant of(CrateEvaluation evaluation, Instant now) {
    NextChange nextChange = new NextChange(evaluation, now);
    for (StoredLine line : evaluation.lines()) {
      RuleInput ruleInput = evaluation.ruleInput(line, now);
      nextChange.add(line, ruleInput, evaluation.evaluate(ruleInput, now));
    }
    return nextChange.end();
  }

  /// Adds one version and its verdict.
  void add(StoredLine line, RuleInput ruleInput, Verdict verdict) {
    if (verdict instanceof Verdict.Hold hold) {
      endsAt(hold.until());
    }
    if (verdict instanceof Verdict.Review) {
      Policy policy = evaluation.rulebook().policy();
      endsAt(policy.ageFrom(line).plus(SignalPolicy.YOUNG));
      endsAt(policy.ageFrom(line).plus(policy.buildCooldown()));
    }
    ruleInput.decisions().approvalsAt(now).forEach(d -> endsAt(d.expires()));
    ruleInput.decisions().reviewsAt(now).forEach(d -> endsAt(d.expires()));
    ruleInput.evidence().takeover().forEach(s -> endsAt(s.until()));
    if (ruleInput.evidence().delta() != null) {
      endsAt(evaluation.sameBasesUntil(now));
    }
    if (ruleInput.evidence().missingBase() != null) {
      endsAt(now.plus(BASE_RETRY));
    }
  }

  /// Adds a moment. A past moment or null is ignored.
  void endsAt(@Nullable Instant moment) {
    if (moment != null && moment.isAfter(now) && (end == null || moment.isBefore(end))) {
      end = moment;
    }
  }

  /// Returns the earliest added moment, or null if there is none.
  @Nullable Instant end() {
    return end;
  }
}
