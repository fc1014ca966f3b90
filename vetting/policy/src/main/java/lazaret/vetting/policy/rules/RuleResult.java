package lazaret.vetting.policy.rules;

import java.time.Instant;
import java.util.List;
import lazaret.vetting.policy.EvidencePolicy.Risk;
import lazaret.vetting.policy.PolicyLevel;
import lazaret.vetting.policy.Reason;
import org.jspecify.annotations.Nullable;

/// The result of one rule for a version.
///
/// @param weight weight of the result
/// @param reason reason
/// @param keys names by which an override or a waiver can refer to it
/// @param risk kind of risk; null if one person's approval always sets it aside
/// @param until time at which it ends; null if it does not end with time
record RuleResult(
    Effect weight, Reason reason, List<String> keys, @Nullable Risk risk, @Nullable Instant until) {
  /// The weights of results, in ascending order.
  enum Effect {
    /// Reported only.
    NOTE,
    /// The version must wait.
    HOLD,
    /// A person must review the version.
    REVIEW,
    /// The version is refused despite any approval.
    REFUSE,
    /// The version is refused in every mode, whatever the policy says.
    FORBID
  }

  RuleResult {
    keys = List.copyOf(keys);
  }

  /// Returns a result with the weight of a policy level; `allow` and `warn` give a note.
  static RuleResult of(PolicyLevel level, Reason.Code code, String detail) {
    return new RuleResult(
        weight(level), new Reason(code, detail), List.of(code.code()), null, null);
  }

  static RuleResult note(Reason.Code code, String detail) {
    return of(PolicyLevel.WARN, code, detail);
  }

  static RuleResult review(Reason.Code code, String detail) {
    return of(PolicyLevel.REVIEW, code, detail);
  }

  static RuleResult forbid(Reason.Code code, String detail) {
    return new RuleResult(
        Effect.FORBID, new Reason(code, detail), List.of(code.code()), null, null);
  }

  private static Effect weight(PolicyLevel level) {
    return switch (level) {
      case ALLOW, WARN -> Effect.NOTE;
      case REVIEW -> Effect.REVIEW;
      case DENY -> Effect.REFUSE;
    };
  }

  /// Returns the result with other names.
  RuleResult keyed(List<String> more) {
    return new RuleResult(weight, reason, more, risk, until);
  }

  /// Returns the result as a risk for which a policy can require two persons.
  RuleResult risking(Risk kind) {
    return new RuleResult(weight, reason, keys, kind, until);
  }

  /// Returns the result as a hold that ends at a time.
  RuleResult asHold(Instant end) {
    return new RuleResult(Effect.HOLD, reason, keys, risk, end);
  }

  /// Returns the result as a note.
  RuleResult asNote() {
    return new RuleResult(Effect.NOTE, reason, keys, risk, null);
  }
}
