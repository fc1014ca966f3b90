package lazaret.vetting.deskapi.lockfiles;

import java.time.Instant;
import java.util.List;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.deskapi.crates.ReasonInfo;
import lazaret.vetting.deskapi.crates.VerdictInfo;
import lazaret.vetting.json.Inline;
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
/// @param duration the verdict, and how long the result lasts
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
    @Inline LockfileVerdictInfo duration) {
  public LockfilePackageInfo {
    reasons = List.copyOf(reasons);
  }

  /// Returns the end of the approval or exemption that serves the version, or null if it needs
  /// none.
  public @Nullable Instant expires() {
    return duration.expires();
  }

  /// Returns whether the artifact can only arrive by a bundle import.
  public boolean onlyByBundle() {
    return duration.onlyByBundle();
  }

  /// Returns what the verdict permits, or null if no rule was evaluated.
  public VerdictInfo.@Nullable Kind verdict() {
    return duration.verdict();
  }

  /// Returns the end of a hold, or null for every other verdict.
  public @Nullable Instant until() {
    return duration.until();
  }
}
