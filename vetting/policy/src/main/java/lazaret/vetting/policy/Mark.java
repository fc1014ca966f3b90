package lazaret.vetting.policy;

import java.time.Instant;
import java.util.List;
import lazaret.vetting.policy.EvidenceRules.Risk;
import org.jspecify.annotations.Nullable;

/// The result of one rule for a version.
///
/// @param weight weight of the result
/// @param reason reason
/// @param keys names by which an override or a waiver can refer to it
/// @param risk kind of risk; null if one person's approval always sets it aside
/// @param until time at which it ends; null if it does not end with time
record Mark(
    Weight weight, Reason reason, List<String> keys, @Nullable Risk risk, @Nullable Instant until) {
  /// The weights of results, in ascending order.
  enum Weight {
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

  Mark {
    keys = List.copyOf(keys);
  }

  /// Returns a result with the weight of a policy level; `allow` and `warn` give a note.
  static Mark of(Level level, Reason.Code code, String detail) {
    return new Mark(weight(level), new Reason(code, detail), List.of(code.code()), null, null);
  }

  static Mark note(Reason.Code code, String detail) {
    return of(Level.WARN, code, detail);
  }

  static Mark review(Reason.Code code, String detail) {
    return of(Level.REVIEW, code, detail);
  }

  static Mark forbid(Reason.Code code, String detail) {
    return new Mark(Weight.FORBID, new Reason(code, detail), List.of(code.code()), null, null);
  }

  private static Weight weight(Level level) {
    return switch (level) {
      case ALLOW, WARN -> Weight.NOTE;
      case REVIEW -> Weight.REVIEW;
      case DENY -> Weight.REFUSE;
    };
  }

  /// Returns the result with other names.
  Mark keyed(List<String> more) {
    return new Mark(weight, reason, more, risk, until);
  }

  /// Returns the result as a risk for which a policy can require two persons.
  Mark risking(Risk kind) {
    return new Mark(weight, reason, keys, kind, until);
  }

  /// Returns the result as a hold that ends at a time.
  Mark asHold(Instant end) {
    return new Mark(Weight.HOLD, reason, keys, risk, end);
  }

  /// Returns the result as a note.
  Mark asNote() {
    return new Mark(Weight.NOTE, reason, keys, risk, null);
  }
}
