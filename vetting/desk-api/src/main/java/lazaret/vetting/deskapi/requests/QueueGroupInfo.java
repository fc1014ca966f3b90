package lazaret.vetting.deskapi.requests;

import java.util.List;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import org.jspecify.annotations.Nullable;

/// A version of the queue with the versions that its dependencies add, or one version alone.
///
/// @param name the crate of the root; null if the group is one version alone
/// @param version the version of the root; null if the group is one version alone
/// @param size the number of versions of the group, without filters
/// @param lines the lines to read of the versions that are compared
/// @param notCompared the number of versions that are not compared yet
/// @param lockfiles the number of known lockfiles that contain a version of the group
/// @param requests the number of requests for the versions of the group
/// @param rows the versions that the filters select: the root first, then the fewest lines to read.
///   A large group continues on the next page
public record QueueGroupInfo(
    @Nullable CrateName name,
    @Nullable CrateVersion version,
    long size,
    long lines,
    long notCompared,
    long lockfiles,
    long requests,
    List<QueueRowInfo> rows) {
  public QueueGroupInfo {
    rows = List.copyOf(rows);
  }
}
