package lazaret.vetting.policy;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import lazaret.vetting.ledger.Decision;
import lazaret.vetting.ledger.VersionDecisions;
import lazaret.vetting.review.ContentRole;

/// The policy for the persons who approve. The shares concern approvals alone, since an exemption
/// asserts no review. A denial has no condition.
///
/// @param minRead share of the lines of each role that the person must have read, in percent, 1 to
///   100; a role without an entry has no condition
/// @param requesterMayApprove whether a person who asked for a version may approve or exempt it
public record ApproverPolicy(SortedMap<ContentRole, Integer> minRead, boolean requesterMayApprove) {
  /// The default: no condition.
  public static final ApproverPolicy DEFAULT = new ApproverPolicy(new TreeMap<>(), true);

  /// Copies the map and checks the shares.
  ///
  /// @throws IllegalArgumentException if a share is not from 1 to 100
  public ApproverPolicy {
    minRead = Collections.unmodifiableSortedMap(new TreeMap<>(minRead));
    for (Map.Entry<ContentRole, Integer> each : minRead.entrySet()) {
      int percent = each.getValue();
      if (percent < 1 || percent > 100) {
        throw new IllegalArgumentException(
            "the share to read of %s must be from 1 to 100 percent, found %d"
                .formatted(each.getKey().code(), percent));
      }
    }
  }

  /// Returns the decisions in force that count where two persons must decide, at most one for each
  /// person. If reading is required, an exemption does not count, since it asserts no reading, and
  /// does not replace the approval of the same person.
  public List<Decision> counted(VersionDecisions decisions, Instant now) {
    return minRead.isEmpty() ? decisions.approvalsAt(now) : decisions.reviewsAt(now);
  }
}
