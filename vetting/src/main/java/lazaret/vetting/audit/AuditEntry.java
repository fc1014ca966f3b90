package lazaret.vetting.audit;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// An entry of `[[audits.CRATE]]`.
///
/// @param who the auditors, as they wrote themselves; may be empty
/// @param criteria the names of the criteria that are said to be met, or violated
/// @param kind the versions that it is about
/// @param importable whether it is meant for others
/// @param notes what the auditor remarks; null where there is nothing
/// @param aggregatedFrom the addresses that it was copied from, the latest last
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
