package lazaret.vetting.audit;

import java.util.List;

/// How a version meets one criterion.
///
/// @param criterion the name of the criterion
/// @param steps the entries that lead to the version, the first from nothing; at least one
public record AuditPath(String criterion, List<AuditStep> steps) {
  /// Copies the list.
  public AuditPath {
    steps = List.copyOf(steps);
  }
}
