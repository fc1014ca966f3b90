package lazaret.vetting.policy;

import java.time.Instant;
import java.util.List;
import lazaret.vetting.policy.EvidenceRules.Risk;
import org.jspecify.annotations.Nullable;

/// What one rule has to say of a version.
///
/// @param weight what it asks for
/// @param reason why
/// @param keys the names under which an override or a waiver can mean it
/// @param risk what kind of risk it is; null where one person's approval always sets it aside
/// @param until when it ends by itself; null where it does not
record Mark(
    Weight weight, Reason reason, List<String> keys, @Nullable Risk risk, @Nullable Instant until) {
  /// What a mark asks for, from nothing to everything.
  enum Weight {
    /// To be told.
    NOTE,
    /// To wait.
    HOLD,
    /// That a person looks.
    REVIEW,
    /// To refuse, whoever approved.
    REFUSE,
    /// To refuse, in every mode, whatever the policy says.
    FORBID
  }

  Mark {
    keys = List.copyOf(keys);
  }

  /// A mark that a policy gives a level; nothing where it only shows.
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

  /// Returns the mark under more names.
  Mark keyed(List<String> more) {
    return new Mark(weight, reason, more, risk, until);
  }

  /// Returns the mark as a risk that a policy may want two persons for.
  Mark risking(Risk kind) {
    return new Mark(weight, reason, keys, kind, until);
  }

  /// Returns the mark as a wait that ends by itself.
  Mark asHold(Instant end) {
    return new Mark(Weight.HOLD, reason, keys, risk, end);
  }

  /// Returns the mark as something that is only told.
  Mark asNote() {
    return new Mark(Weight.NOTE, reason, keys, risk, null);
  }
}
