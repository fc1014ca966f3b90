package lazaret.vetting.desk.policies;

import java.time.Clock;
import java.time.Instant;
import lazaret.vetting.Bytes;
import lazaret.vetting.gate.context.CurrentRulebook;
import lazaret.vetting.gate.context.PolicyOrigin;
import lazaret.vetting.lockfile.Lockfile;
import lazaret.vetting.policy.Policy;
import lazaret.vetting.policy.file.PolicyParseResult;
import lazaret.vetting.policy.file.PolicyReader;
import org.jspecify.annotations.Nullable;

/// The service for the policy in force and for trials of others. Thread-safe.
public final class PolicyService {
  private final CurrentRulebook rules;
  private final Clock clock;
  private final PolicyTrial.Factory trials;

  public PolicyService(CurrentRulebook rules, Clock clock, PolicyTrial.Factory trials) {
    this.rules = rules;
    this.clock = clock;
    this.trials = trials;
  }

  /// The policy in force.
  ///
  /// @param policy the policy
  /// @param origin its origin
  /// @param now the current moment by the gate's clock
  public record InForce(Policy policy, PolicyOrigin origin, Instant now) {}

  /// Returns the policy in force.
  public InForce inForce() {
    return new InForce(rules.current().policy(), rules.origin(), clock.instant());
  }

  /// Reads a policy file as this gate would read it to put it in force.
  public PolicyParseResult read(Bytes document) {
    return PolicyReader.read(document, rules.origin().base(), clock.instant());
  }

  /// Returns the changes that a policy would cause, and changes nothing. The verdicts on related
  /// crates stay those under the policy in force.
  ///
  /// @param lock the packages to evaluate, whose index files are fetched if they are not stored;
  ///   null for every version whose bytes are stored
  public PolicyTrialReport trial(Policy proposed, @Nullable Lockfile lock) {
    PolicyTrial trial = trials.of(proposed);
    return lock == null ? trial.everything() : trial.of(lock);
  }
}
