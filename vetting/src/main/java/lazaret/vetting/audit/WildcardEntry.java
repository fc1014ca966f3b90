package lazaret.vetting.audit;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// An entry of `[[wildcard-audits.CRATE]]`: every release of a publisher within a time is audited.
///
/// @param who the auditors; may be empty
/// @param criteria the names of the criteria that are said to be met
/// @param window the releases that it is about
/// @param renew whether cargo-vet reminds of its end; null where the entry does not say
/// @param notes what the auditor remarks; null where there is nothing
/// @param aggregatedFrom the addresses that it was copied from, the latest last
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
