package lazaret.vetting.deskapi.audits;

import java.util.List;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import org.jspecify.annotations.Nullable;

/// The audit statements on a crate.
///
/// @param name the crate
/// @param version the version; null if the request names none
/// @param cksum the SHA-256 of the version in the index; null if the request names no version
/// @param criteria the result for each criterion; empty if the request names no version
/// @param statements the statements
public record CrateAuditsReply(
    CrateName name,
    @Nullable CrateVersion version,
    @Nullable Sha256 cksum,
    List<CriterionAuditsInfo> criteria,
    List<AuditStatementInfo> statements) {
  public CrateAuditsReply {
    criteria = List.copyOf(criteria);
    statements = List.copyOf(statements);
  }
}
