package lazaret.vetting.inspect;

import java.util.List;
import lazaret.vetting.crates.Sha256;

/// What an inspection saw.
///
/// @param sha256 the digest of the inspected bytes
/// @param inspectorVersion the version of the rules: findings of an older one are made again
/// @param problems in the order in which they were met, at most [Inspector#MAX_PROBLEMS]
/// @param facts what the manifest says; where it could not be read, the worst is assumed
public record Findings(
    Sha256 sha256, int inspectorVersion, List<Problem> problems, CrateFacts facts) {
  /// Copies the list.
  public Findings {
    problems = List.copyOf(problems);
  }

  /// Returns whether nothing is wrong with the archive. Nothing else may be served.
  public boolean conformant() {
    return problems.isEmpty();
  }
}
