package lazaret.vetting.ledger;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How people's decisions on one version stand together: the latest one stands, and a second
/// person's approval stands beside the first one's, which is how a rule that wants two is met.
///
/// @param latest the latest decision; null where there is none
/// @param approvals the approvals and exemptions of these bytes since the last denial, revocation
///   or change of the bytes, one for each person, the newest last; some may have run out
public record Standing(@Nullable Decision latest, List<Decision> approvals) {
  /// Nobody decided anything.
  public static final Standing NONE = new Standing(null, List.of());

  /// Copies the list.
  public Standing {
    approvals = List.copyOf(approvals);
  }

  /// Returns how the decisions stand after one more.
  public Standing and(Decision next) {
    if (!next.kind().serves()) {
      return new Standing(next, List.of());
    }
    List<Decision> all = new ArrayList<>();
    for (Decision earlier : approvals) {
      if (earlier.id().equals(next.id()) && !earlier.person().equals(next.person())) {
        all.add(earlier);
      }
    }
    all.add(next);
    return new Standing(next, all);
  }

  /// Returns the approvals and exemptions that hold at a moment.
  public List<Decision> holdingAt(Instant now) {
    // Nearly every version has none, and each judgment asks.
    return approvals.isEmpty()
        ? List.of()
        : approvals.stream().filter(d -> d.approvesAt(now)).toList();
  }
}
