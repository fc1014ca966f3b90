package lazaret.vetting.deskapi.audits;

import java.util.List;

/// The audits that are in force, by import.
///
/// @param audits the imports
/// @param failing the imports whose last refresh failed
/// @param conflicts crates with a violation that contradicts an audit, at most 200
public record AuditsReply(
    List<AuditImportInfo> audits,
    List<FailingAuditsInfo> failing,
    List<AuditConflictsInfo> conflicts) {
  public AuditsReply {
    audits = List.copyOf(audits);
    failing = List.copyOf(failing);
    conflicts = List.copyOf(conflicts);
  }
}
