package lazaret.vetting.audit;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// An entry of `[[trusted.CRATE]]`: every release of a publisher within a time is trusted. A peer's
/// entry satisfies nothing here: trust is not handed on.
///
/// @param criteria the names of the criteria that are taken as met
/// @param window the releases that it is about
/// @param notes remarks; null where there are none
/// @param aggregatedFrom the addresses that it was copied from, the latest last
public record TrustEntry(
    List<String> criteria,
    PublishWindow window,
    @Nullable String notes,
    List<String> aggregatedFrom) {
  /// Copies the lists.
  public TrustEntry {
    criteria = List.copyOf(criteria);
    aggregatedFrom = List.copyOf(aggregatedFrom);
  }

  /// Returns the entry with other criteria.
  public TrustEntry withCriteria(List<String> others) {
    return new TrustEntry(others, window, notes, aggregatedFrom);
  }
}
