package lazaret.vetting.desk.lockfiles;

import java.time.Instant;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.gate.Gate;
import lazaret.vetting.gate.evaluation.CrateState;
import lazaret.vetting.lockfile.Lockfile;

/// The time for which the result of the check of a lockfile stays as it is, if nothing new is
/// stored.
public final class LockfileValidityPeriod {
  private LockfileValidityPeriod() {}

  /// Returns the first moment at which time alone can change a verdict on a package.
  ///
  /// @param now the time of the check
  /// @param most the latest moment that is returned
  /// @return `now` if a package is not stored
  public static Instant end(Gate gate, Lockfile lock, Instant now, Instant most) {
    Instant end = most;
    for (CrateId id : lock.crateIds()) {
      CrateState file = gate.files().find(id.name()).orElse(null);
      if (file == null) {
        return now;
      }
      Instant change = file.under(gate.files().rulebook()).nextChange(now);
      end = change != null && change.isBefore(end) ? change : end;
    }
    return end;
  }
}
