package lazaret.vetting.audit.files;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// An entry of `[[wildcard-audits.CRATE]]`: every release of a publisher within a period is
/// audited.
///
/// @param who auditors; may be empty
/// @param criteria names of the criteria that are met
/// @param window releases that it covers
/// @param renew whether cargo-vet reminds of its end; null if not stated
/// @param notes notes of the auditor; null if there are none
/// @param aggregatedFrom addresses that it was copied from, the latest last
public record WildcardEntry(
    List<String> who,
    List<String> criteria,
    PublishWindow window,
    @Nullable Boolean renew,
    @Nullable String notes,
    List<String> aggregatedFrom) {
  /// Copies the lists.
  public WildcardEntry {
    who = List.copyOf(who);
    criteria = List.copyOf(criteria);
    aggregatedFrom = List.copyOf(aggregatedFrom);
  }

  /// Returns the entry with other criteria.
  public WildcardEntry withCriteria(List<String> others) {
    return new WildcardEntry(who, others, window, renew, notes, aggregatedFrom);
  }
}
