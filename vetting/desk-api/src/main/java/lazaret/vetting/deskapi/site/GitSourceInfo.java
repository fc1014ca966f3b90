package lazaret.vetting.deskapi.site;

import java.time.Instant;
import java.util.List;
import lazaret.vetting.crates.Sha256;
import org.jspecify.annotations.Nullable;

/// A commit of a Git repository that lockfiles name.
///
/// @param key the key, by which it is decided on
/// @param url the address as lockfiles name it, without `git+` and the commit
/// @param commit the id of the commit
/// @param treeHash the SHA-256 of its tree, which a decision names
/// @param bytes the length of the file of the tree
/// @param packages its packages that lockfiles have
/// @param state whether builds may use it
/// @param fetched the time of the fetch
/// @param by the person or program that ordered the fetch
/// @param decidedBy the person who decided last; null before a decision
/// @param decidedAt the time of the last decision; null if there was none
/// @param reason the reason of the last decision; null if there was none
public record GitSourceInfo(
    Sha256 key,
    String url,
    String commit,
    Sha256 treeHash,
    long bytes,
    List<GitSourcePackageInfo> packages,
    GitSourceStatus state,
    Instant fetched,
    String by,
    @Nullable String decidedBy,
    @Nullable Instant decidedAt,
    @Nullable String reason) {
  public GitSourceInfo {
    packages = List.copyOf(packages);
  }
}
