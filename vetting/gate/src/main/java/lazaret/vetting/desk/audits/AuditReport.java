package lazaret.vetting.desk.audits;

import java.util.List;
import lazaret.vetting.audit.AuditStatement;
import lazaret.vetting.audit.AuditVerdict;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateName;
import org.jspecify.annotations.Nullable;

/// The audits of a crate, and their result for one version.
///
/// @param name the crate
/// @param statements all statements about the crate, own approvals first
/// @param version the result for one version; null if none was requested
public record AuditReport(
    CrateName name, List<AuditStatement> statements, @Nullable OfVersion version) {
  /// Copies the list.
  public AuditReport {
    statements = List.copyOf(statements);
  }

  /// The result of the audits for one version.
  ///
  /// @param id the version and its SHA-256 in the index
  /// @param criteria the verdict for each known criterion; own approvals count
  public record OfVersion(CrateId id, List<Reach> criteria) {
    /// Copies the list.
    public OfVersion {
      criteria = List.copyOf(criteria);
    }
  }

  /// The verdict for one criterion: whether the version meets it, and by which audits.
  public record Reach(String criterion, AuditVerdict verdict) {}
}
