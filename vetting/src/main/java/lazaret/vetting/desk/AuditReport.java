package lazaret.vetting.desk;

import java.util.List;
import lazaret.vetting.audit.AuditVerdict;
import lazaret.vetting.audit.Statement;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateName;
import org.jspecify.annotations.Nullable;

/// What is said of a crate, and of one version of it.
///
/// @param name the crate
/// @param statements everything that is said of the crate, our approvals first
/// @param version what follows for one version; null where none was asked about
public record AuditReport(CrateName name, List<Statement> statements, @Nullable OfVersion version) {
  /// Copies the list.
  public AuditReport {
    statements = List.copyOf(statements);
  }

  /// What follows for one version.
  ///
  /// @param id the version and the bytes that the index names for it
  /// @param criteria the verdict for each criterion that is known, our approvals counted
  public record OfVersion(CrateId id, List<Reach> criteria) {
    /// Copies the list.
    public OfVersion {
      criteria = List.copyOf(criteria);
    }
  }

  /// Whether a version meets a criterion, and by which way.
  public record Reach(String criterion, AuditVerdict verdict) {}
}
