package lazaret.vetting.deskapi.lockfiles;

import java.util.List;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.deskapi.crates.ReasonInfo;
import lazaret.vetting.deskapi.review.DiffStatInfo;
import lazaret.vetting.deskapi.review.NotReadableInfo;
import lazaret.vetting.deskapi.review.ReviewBaseOrigin;
import org.jspecify.annotations.Nullable;

/// One package of a reading list.
///
/// @param name the name of the package
/// @param version the version
/// @param checksum the checksum in the lockfile; null if it has none
/// @param source `crates-io`, `git+URL`, or the address of another registry
/// @param status the result
/// @param detail one sentence with the cause
/// @param line the line of the lockfile at which the package begins, from 1; 0 if it is not known
/// @param reasons the reasons of the verdict
/// @param replacement the nearest version that passes; null if there is none
/// @param compatible whether cargo regards `replacement` as compatible
/// @param base the version to compare with; null if the whole crate must be read
/// @param origin the cause for which the base is offered; null without a base
/// @param stat the size of the difference; null if it cannot be read
/// @param notReadable the cause if the difference cannot be read; null otherwise
public record ReadingListItemInfo(
    String name,
    CrateVersion version,
    @Nullable Sha256 checksum,
    String source,
    PackageStatus status,
    String detail,
    long line,
    List<ReasonInfo> reasons,
    @Nullable CrateVersion replacement,
    boolean compatible,
    @Nullable CrateVersion base,
    @Nullable ReviewBaseOrigin origin,
    @Nullable DiffStatInfo stat,
    @Nullable NotReadableInfo notReadable) {
  public ReadingListItemInfo {
    reasons = List.copyOf(reasons);
  }
}
