package lazaret.vetting.ledger;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The decisions on one version. The latest one is in force. A second person's approval adds to the
/// first one's, so that a rule that wants two persons can be met.
///
/// @param latest the latest decision; null if there is none
/// @param approvals approvals and exemptions of these bytes since the last denial, revocation or
///   change of the bytes, at most one for each person, newest last. Some may have expired
public record VersionDecisions(@Nullable Decision latest, List<Decision> approvals) {
  /// A version without decisions.
  public static final VersionDecisions NONE = new VersionDecisions(null, List.of());

  /// Copies the list.
  public VersionDecisions {
    approvals = List.copyOf(approvals);
  }

  /// Returns the decisions after one more.
  public VersionDecisions plus(Decision next) {
    if (!next.kind().serves()) {
      return new VersionDecisions(next, List.of());
    }
    List<Decision> all = new ArrayList<>();
    for (Decision earlier : approvals) {
      if (earlier.id().equals(next.id()) && !earlier.person().equals(next.person())) {
        all.add(earlier);
      }
    }
    all.add(next);
    return new VersionDecisions(next, all);
  }

  /// Returns the approvals and exemptions that are in force at a time.
  public List<Decision> approvalsAt(Instant now) {
    // Nearly every version has none, and each evaluation calls this.
    return approvals.isEmpty()
        ? List.of()
        : approvals.stream().filter(d -> d.approvesAt(now)).toList();
  }
}
