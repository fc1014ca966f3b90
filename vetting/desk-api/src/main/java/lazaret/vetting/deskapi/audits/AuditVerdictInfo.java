package lazaret.vetting.deskapi.audits;

import java.util.List;
import lazaret.vetting.crates.Sha256;
import org.jspecify.annotations.Nullable;

/// The result of the audits of one version.
///
/// @param verdict the result
/// @param paths the chains of audits, one for each criterion; null if `verdict` is not `fully`,
///   `partially` or `with-exemptions`
/// @param missing the criteria that are not met; null if `verdict` is not `not-vetted`
/// @param violations the violations, at least one; null if `verdict` is not `violated`
/// @param seen the SHA-256 at the time of the audit; null if `verdict` is not `other-bytes`
public record AuditVerdictInfo(
    Kind verdict,
    @Nullable List<AuditPathInfo> paths,
    @Nullable List<String> missing,
    @Nullable List<AuditViolationInfo> violations,
    @Nullable Sha256 seen) {
  public AuditVerdictInfo {
    paths = paths == null ? null : List.copyOf(paths);
    missing = missing == null ? null : List.copyOf(missing);
    violations = violations == null ? null : List.copyOf(violations);
  }

  /// The results of audits.
  public enum Kind {
    /// Audits meet all criteria.
    FULLY,
    /// Audits meet all criteria, in part from an exempted version on.
    PARTIALLY,
    /// All criteria are met, and the version itself is exempted.
    WITH_EXEMPTIONS,
    /// Some criteria are not met.
    NOT_VETTED,
    /// A violation names versions of the crate.
    VIOLATED,
    /// The audits were made for other bytes of the same version.
    OTHER_BYTES
  }
}
