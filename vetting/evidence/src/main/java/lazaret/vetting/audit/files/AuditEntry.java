package lazaret.vetting.audit.files;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// An entry of `[[audits.CRATE]]`.
///
/// @param who auditors, as they wrote themselves; may be empty
/// @param criteria names of the criteria that are met or violated
/// @param kind kind of the entry, with its versions
/// @param importable whether other projects may import it
/// @param notes notes of the auditor; null if there are none
/// @param aggregatedFrom addresses that it was copied from, the latest last
public record AuditEntry(
    List<String> who,
    List<String> criteria,
    AuditKind kind,
    boolean importable,
    @Nullable String notes,
    List<String> aggregatedFrom) {
  /// Copies the lists.
  public AuditEntry {
    who = List.copyOf(who);
    criteria = List.copyOf(criteria);
    aggregatedFrom = List.copyOf(aggregatedFrom);
  }

  /// Returns the entry with other criteria.
  public AuditEntry withCriteria(List<String> others) {
    return new AuditEntry(who, others, kind, importable, notes, aggregatedFrom);
  }
}
