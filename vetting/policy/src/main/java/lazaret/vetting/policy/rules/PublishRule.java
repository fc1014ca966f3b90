package lazaret.vetting.policy.rules;

import java.util.List;
import java.util.Optional;
import lazaret.vetting.inspect.Signal;
import lazaret.vetting.policy.Policy;
import lazaret.vetting.policy.PolicyLevel;
import lazaret.vetting.policy.Reason.Code;

/// The rule for versions that were held when they were published here. The hold of a version is
/// decided once, when it is published, so that a later change of the policy does not withdraw
/// versions that builds use.
public final class PublishRule {
  private PublishRule() {}

  static List<RuleResult> results(RuleInput ruleInput) {
    String hold = ruleInput.hold();
    return hold == null ? List.of() : List.of(RuleResult.review(Code.PUBLISH_HELD, hold));
  }

  /// Returns the reason for which a policy holds a version that is published, or empty if it does
  /// not.
  ///
  /// @param policy the policy in force, not that of private crates
  /// @param newCrate whether no version of its crate was released before
  /// @param found the signals of the version, with those of its difference to its base
  public static Optional<String> hold(Policy policy, boolean newCrate, List<Signal> found) {
    return switch (policy.privateCrates().hold()) {
      case NONE -> Optional.empty();
      case NEW_CRATES ->
          newCrate
              ? Optional.of("a new crate waits for a decision until one version is approved")
              : none();
      case SIGNALS ->
          found.stream()
              .filter(signal -> isReviewed(policy, signal))
              .findFirst()
              .map(signal -> "inspection found " + signal);
      case EVERY -> Optional.of("every version waits for a decision");
    };
  }

  private static Optional<String> none() {
    return Optional.empty();
  }

  private static boolean isReviewed(Policy policy, Signal signal) {
    PolicyLevel level = SignalRule.level(policy.signals(), signal);
    return level == PolicyLevel.REVIEW || level == PolicyLevel.DENY;
  }
}
