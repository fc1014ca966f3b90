package lazaret.vetting.ledger;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The decisions on one version. The latest one is in force. A second person's approval adds to the
/// first one's, so that a rule that wants two persons can be met.
///
/// @param latest the latest decision; null if there is none
/// @param approvals approvals and exemptions of these bytes since the last denial, revocation or
///   change of the bytes, at most one for each person, newest last. Some may have expired
/// @param exempted approvals of these bytes that an exemption by the same person replaced in
///   `approvals`, at most one for each person, newest last. Some may have expired
public record VersionDecisions(
    @Nullable Decision latest, List<Decision> approvals, List<Decision> exempted) {
  /// A version without decisions.
  public static final VersionDecisions NONE = new VersionDecisions(null, List.of(), List.of());

  /// Copies the lists.
  public VersionDecisions {
    approvals = List.copyOf(approvals);
    exempted = List.copyOf(exempted);
  }

  /// Returns the decisions on the versions of one crate, by the text of the version.
  ///
  /// @param decisions all decisions on the crate, oldest first
  public static Map<String, VersionDecisions> byVersion(List<Decision> decisions) {
    Map<String, VersionDecisions> byVersion = new HashMap<>();
    decisions.forEach(
        d ->
            byVersion.compute(
                d.id().version().text(), (_, before) -> (before == null ? NONE : before).plus(d)));
    return byVersion;
  }

  /// Returns the decisions after one more.
  public VersionDecisions plus(Decision next) {
    if (!next.kind().serves()) {
      return new VersionDecisions(next, List.of(), List.of());
    }
    boolean exempts = next.kind() == Decision.Kind.EXEMPT;
    List<Decision> all = new ArrayList<>();
    List<Decision> replaced = new ArrayList<>();
    for (Decision earlier : exempted) {
      if (earlier.id().equals(next.id()) && (exempts || !earlier.person().equals(next.person()))) {
        replaced.add(earlier);
      }
    }
    for (Decision earlier : approvals) {
      boolean own = earlier.person().equals(next.person());
      if (earlier.id().equals(next.id()) && !own) {
        all.add(earlier);
      } else if (earlier.id().equals(next.id())
          && exempts
          && earlier.kind() == Decision.Kind.APPROVE) {
        replaced.add(earlier);
      }
    }
    all.add(next);
    return new VersionDecisions(next, all, replaced);
  }

  /// Returns the approvals and exemptions that are in force at a time.
  public List<Decision> approvalsAt(Instant now) {
    // Nearly every version has none, and each evaluation calls this.
    return approvals.isEmpty()
        ? List.of()
        : approvals.stream().filter(d -> d.approvesAt(now)).toList();
  }

  /// Returns the approvals that are in force at a time, at most one for each person. An exemption
  /// by the same person does not end an approval here.
  public List<Decision> reviewsAt(Instant now) {
    return approvals.isEmpty()
        ? List.of()
        : Stream.concat(exempted.stream(), approvals.stream())
            .filter(d -> d.kind() == Decision.Kind.APPROVE && d.approvesAt(now))
            .toList();
  }
}
