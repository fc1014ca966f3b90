package lazaret.vetting.deskapi.audits;

import java.util.List;

/// The conflicts of one crate.
///
/// @param name the crate
/// @param violations the violations that contradict an audit
public record AuditConflictsInfo(String name, List<AuditViolationInfo> violations) {
  public AuditConflictsInfo {
    violations = List.copyOf(violations);
  }
}
