package lazaret.vetting.deskapi.audits;

import java.util.List;

/// A chain of audits that ends at one version.
///
/// @param criterion the criterion that the chain meets
/// @param steps the audits in their order
public record AuditPathInfo(String criterion, List<AuditStepInfo> steps) {
  public AuditPathInfo {
    steps = List.copyOf(steps);
  }
}
