package lazaret.vetting.audit;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// An entry of `[policy.CRATE]` in `config.toml`: what a crate asks of what it depends on. The gate
/// knows no first-party crates; it is read so that a store can be checked and written back.
///
/// @param auditAsCratesIo whether the crate is to be audited as if the registry had it; null where
///   the entry does not say
/// @param criteria what is asked of it; null where the entry does not say
/// @param devCriteria what is asked of its development dependencies; null where it does not say
/// @param dependencyCriteria what is asked of single dependencies
/// @param notes remarks; null where there are none
public record PolicyEntry(
    @Nullable Boolean auditAsCratesIo,
    @Nullable List<String> criteria,
    @Nullable List<String> devCriteria,
    SortedMap<String, List<String>> dependencyCriteria,
    @Nullable String notes) {
  /// Copies the collections.
  public PolicyEntry {
    criteria = criteria == null ? null : List.copyOf(criteria);
    devCriteria = devCriteria == null ? null : List.copyOf(devCriteria);
    dependencyCriteria = Collections.unmodifiableSortedMap(new TreeMap<>(dependencyCriteria));
  }
}
