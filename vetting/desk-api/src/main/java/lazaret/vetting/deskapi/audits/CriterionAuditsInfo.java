package lazaret.vetting.deskapi.audits;

import java.util.List;
import lazaret.vetting.crates.Sha256;
import org.jspecify.annotations.Nullable;

/// The result of the audits of one version for one criterion.
///
/// @param criterion the criterion
/// @param verdict the result
/// @param paths the chains of audits; null if `verdict` is not `fully`, `partially` or
///   `with-exemptions`
/// @param missing the criteria that are not met; null if `verdict` is not `not-vetted`
/// @param violations the violations, at least one; null if `verdict` is not `violated`
/// @param seen the SHA-256 at the time of the audit; null if `verdict` is not `other-bytes`
public record CriterionAuditsInfo(
    String criterion,
    AuditVerdictInfo.Kind verdict,
    @Nullable List<AuditPathInfo> paths,
    @Nullable List<String> missing,
    @Nullable List<AuditViolationInfo> violations,
    @Nullable Sha256 seen) {
  public CriterionAuditsInfo {
    paths = paths == null ? null : List.copyOf(paths);
    missing = missing == null ? null : List.copyOf(missing);
    violations = violations == null ? null : List.copyOf(violations);
  }
}
