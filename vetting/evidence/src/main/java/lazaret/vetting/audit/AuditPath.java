package lazaret.vetting.audit;

import java.util.List;

/// The path by which a version meets one criterion.
///
/// @param criterion name of the criterion
/// @param steps entries that lead to the version, the first from the empty state; at least one
public record AuditPath(String criterion, List<AuditStep> steps) {
  /// Copies the list.
  public AuditPath {
    steps = List.copyOf(steps);
  }
}
