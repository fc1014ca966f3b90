package lazaret.vetting.audit;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// An entry of `[criteria.NAME]`: what an auditor states.
///
/// @param description the statement; null where only its address is given
/// @param descriptionUrl where the statement can be read; null where it is given
/// @param implies the names of the criteria that are met too
/// @param aggregatedFrom the addresses that it was copied from, the latest last
public record CriteriaEntry(
    @Nullable String description,
    @Nullable String descriptionUrl,
    List<String> implies,
    List<String> aggregatedFrom) {
  /// Copies the lists.
  public CriteriaEntry {
    implies = List.copyOf(implies);
    aggregatedFrom = List.copyOf(aggregatedFrom);
  }

  /// Returns the entry with other implications.
  public CriteriaEntry withImplies(List<String> others) {
    return new CriteriaEntry(description, descriptionUrl, others, aggregatedFrom);
  }
}
