package lazaret.vetting.audit.files;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// An entry of `[[trusted.CRATE]]`: every release of a publisher within a period is trusted. A
/// peer's entry has no effect, since trust is not transitive.
///
/// @param criteria names of the criteria that count as met
/// @param window releases that it covers
/// @param notes notes; null if there are none
/// @param aggregatedFrom addresses that it was copied from, the latest last
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
