package lazaret.vetting.deskapi.lockfiles;

import java.util.List;
import lazaret.vetting.deskapi.review.DiffStatInfo;

/// The packages of a lockfile that a reviewer must read, the smallest first.
///
/// @param served the number of packages that are served
/// @param total the sum of all differences
/// @param packages the packages that are not served
public record ReadingListReply(
    long served, DiffStatInfo total, List<ReadingListItemInfo> packages) {
  public ReadingListReply {
    packages = List.copyOf(packages);
  }
}
