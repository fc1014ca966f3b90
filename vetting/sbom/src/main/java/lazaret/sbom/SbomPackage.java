package lazaret.sbom;

import java.util.List;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.deskapi.crates.ReasonInfo;
import org.jspecify.annotations.Nullable;

/// A package of a lockfile with the result of its check.
///
/// @param name the name of the package
/// @param version the version
/// @param source the source as `verify` names it: `crates-io`, `git+URL`, or the address of a
///   registry
/// @param status the status, one of `docs/reasons.md` or `docs/cli.md`
/// @param passes whether a build may use the package
/// @param detail one sentence with the cause of the status
/// @param reasons the reasons of the verdict, the deciding one first; empty if no rule was
///   evaluated
/// @param replacement the nearest version that passes; null if there is none
public record SbomPackage(
    String name,
    CrateVersion version,
    String source,
    String status,
    boolean passes,
    String detail,
    List<ReasonInfo> reasons,
    @Nullable CrateVersion replacement) {
  /// Copies the list.
  public SbomPackage {
    reasons = List.copyOf(reasons);
  }

  /// Returns the code of the first reason, or an empty text if no rule was evaluated.
  String code() {
    return reasons.isEmpty() ? "" : reasons.getFirst().code();
  }
}
