package lazaret.vetting.deskapi.lockfiles;

import java.time.Instant;
import java.util.List;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.deskapi.crates.ReasonInfo;
import org.jspecify.annotations.Nullable;

/// One package of a lockfile, with its result.
///
/// @param name the name of the package
/// @param version the version
/// @param checksum the checksum in the lockfile; null if it has none
/// @param source `crates-io`, `git+URL`, or the address of another registry
/// @param status the result
/// @param detail one sentence with the cause
/// @param line the line of the lockfile at which the package begins, from 1; 0 if it is not known
/// @param reasons the reasons of the verdict
/// @param replacement the nearest version that passes; null if the version itself passes, or none
///   does
/// @param lower a lower version that meets the criteria and repairs nothing; null if there is none
/// @param compatible whether cargo regards `replacement` or `lower` as compatible
/// @param expires the end of the approval or exemption that serves the version; null if it needs
///   none
/// @param onlyByBundle whether the artifact can only arrive by a bundle import
public record LockfilePackageInfo(
    String name,
    CrateVersion version,
    @Nullable Sha256 checksum,
    String source,
    PackageStatus status,
    String detail,
    long line,
    List<ReasonInfo> reasons,
    @Nullable CrateVersion replacement,
    @Nullable CrateVersion lower,
    boolean compatible,
    @Nullable Instant expires,
    boolean onlyByBundle) {
  public LockfilePackageInfo {
    reasons = List.copyOf(reasons);
  }
}
