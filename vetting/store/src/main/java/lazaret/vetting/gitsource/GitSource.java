package lazaret.vetting.gitsource;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.Sha256;
import org.jspecify.annotations.Nullable;

/// A commit of a repository that lockfiles name, with the decision on it. A decision names the
/// commit and the hash of its tree.
///
/// @param url the address as lockfiles name it, without `git+` and the commit
/// @param commit the id of the commit
/// @param treeId the id of its tree, as Git computes it
/// @param treeHash the SHA-256 of the tree
/// @param file the SHA-256 of the file of the tree, in the collection `git` of the site
/// @param bytes the length of this file
/// @param packages the packages that lockfiles have, by name and version
/// @param fetched the time of the fetch
/// @param by the person or program that ordered the fetch
/// @param state whether builds may use it
/// @param decision the last decision; null if there was none
public record GitSource(
    String url,
    String commit,
    String treeId,
    Sha256 treeHash,
    Sha256 file,
    long bytes,
    List<GitSourcePackage> packages,
    Instant fetched,
    String by,
    GitSourceState state,
    @Nullable Decided decision) {
  /// Copies the list.
  public GitSource {
    packages = List.copyOf(packages);
  }

  /// A decision.
  ///
  /// @param by the person, or the gate
  /// @param at the time
  /// @param reason the reason
  public record Decided(String by, Instant at, String reason) {}

  /// Returns the key of the row of a source.
  public static String key(String url, String commit) {
    return Sha256.of(Bytes.utf8(url + "#" + commit)).hex();
  }

  /// Returns the key of the row.
  public String key() {
    return key(url, commit);
  }

  /// Returns the path of the file of the tree in the collection `git`.
  public String path() {
    return treeHash.hex() + ".tar";
  }

  /// Returns whether a package was found and inspected.
  public boolean has(String name, String version) {
    return packages.stream()
        .anyMatch(each -> each.name().equals(name) && each.version().equals(version));
  }

  /// Returns whether packages of another state of this source were all found and inspected.
  public boolean hasAll(List<GitSourcePackage> others) {
    return others.stream().allMatch(each -> has(each.name(), each.version()));
  }

  /// Returns this source with the packages of another state of it that it lacks.
  public GitSource joined(GitSource other) {
    List<GitSourcePackage> all = new ArrayList<>(packages);
    other.packages().stream().filter(each -> !has(each.name(), each.version())).forEach(all::add);
    return new GitSource(
        url, commit, treeId, treeHash, file, bytes, all, fetched, by, state, decision);
  }

  /// Returns this source with a decision.
  public GitSource decided(GitSourceState other, @Nullable Decided decided) {
    return new GitSource(
        url, commit, treeId, treeHash, file, bytes, packages, fetched, by, other, decided);
  }

  /// Returns the state as the end of a sentence about a package: `waits for a decision`.
  public String sentence() {
    return switch (state) {
      case WAITING -> "waits for a decision on the tree " + treeHash.hex().substring(0, 12);
      case APPROVED -> "approved with the tree " + treeHash.hex().substring(0, 12) + deciding();
      case DENIED -> "denied" + deciding();
    };
  }

  private String deciding() {
    Decided last = decision;
    return last == null ? "" : " by %s: %s".formatted(last.by(), last.reason());
  }
}
