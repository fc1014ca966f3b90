package lazaret.vetting.audit.files;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// An entry of `[policy.CRATE]` in `config.toml`: the requirements of a crate on its dependencies.
/// The gate has no first-party crates. The entry is read to check a store and to write it again.
///
/// @param auditAsCratesIo whether the crate must be audited as if the registry had it; null if not
///   stated
/// @param criteria required criteria of the crate; null if not stated
/// @param devCriteria required criteria of its development dependencies; null if not stated
/// @param dependencyCriteria required criteria of single dependencies
/// @param notes notes; null if there are none
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
