package lazaret.vetting.audit.files;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// An entry of `[criteria.NAME]`: the statement that an auditor makes.
///
/// @param description the statement; null if only its address is given
/// @param descriptionUrl address of the statement; null if the text is given
/// @param implies names of the implied criteria
/// @param aggregatedFrom addresses that it was copied from, the latest last
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
