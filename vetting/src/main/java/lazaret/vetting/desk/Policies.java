package lazaret.vetting.desk;

import java.time.Instant;
import lazaret.vetting.lockfile.Lockfile;
import lazaret.vetting.policy.Policy;
import lazaret.vetting.policy.file.PolicyOutcome;
import lazaret.vetting.policy.file.PolicyReader;
import lazaret.vetting.policy.file.PolicyText;
import org.jspecify.annotations.Nullable;

/// The policy in force, and what another one would change. Thread-safe.
public final class Policies {
  private final GateParts parts;
  private final Gate gate;

  Policies(GateParts parts, Gate gate) {
    this.parts = parts;
    this.gate = gate;
  }

  /// The policy in force.
  ///
  /// @param policy what it says
  /// @param origin where it came from
  /// @param now by the gate's clock
  public record InForce(Policy policy, PolicyOrigin origin, Instant now) {}

  /// Returns the policy in force.
  public InForce inForce() {
    return new InForce(
        parts.rules().current().policy(), parts.rules().origin(), parts.clock().instant());
  }

  /// Reads a policy file as this gate would that took it up.
  public PolicyOutcome read(PolicyText text) {
    return PolicyReader.read(text, parts.rules().origin().base(), parts.clock().instant());
  }

  /// Tells what a policy would change, and changes nothing. Other crates that a verdict looks at
  /// are taken as they are judged now.
  ///
  /// @param lock the packages to judge, whose index files are fetched where they are not held; null
  ///   for every version whose bytes are held
  public PolicyTrialReport trial(Policy proposed, @Nullable Lockfile lock) {
    PolicyTrial trial = new PolicyTrial(parts, gate, proposed);
    return lock == null ? trial.everything() : trial.of(lock);
  }
}
