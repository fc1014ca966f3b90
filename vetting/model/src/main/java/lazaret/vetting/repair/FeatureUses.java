package lazaret.vetting.repair;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.crates.VersionReq;
import lazaret.vetting.index.IndexDependency;
import lazaret.vetting.index.IndexEntry;
import lazaret.vetting.lockfile.LockedPackageId;
import lazaret.vetting.repair.LockfileGraph.Node;

/// The features of index lines, each read once. Not thread-safe.
final class FeatureUses {
  private final Map<Sha256, FeatureUse> known = new HashMap<>();
  private final Map<String, List<IndexEntry>> matching = new HashMap<>();

  /// Returns the offered versions of a crate that meet a requirement, newest first.
  List<IndexEntry> matching(ResolvableIndex index, CrateName crate, VersionReq req) {
    return matching.computeIfAbsent(
        crate.collisionKey() + ' ' + req.text(),
        _ -> index.offered(crate).stream().filter(e -> req.matches(e.version())).toList());
  }

  FeatureUse of(IndexEntry entry) {
    return known.computeIfAbsent(entry.cksum(), _ -> new FeatureUse(entry));
  }

  /// Returns the features of a locked package that may be active: each one whose optional
  /// dependencies are in the lockfile.
  Set<String> possible(Node node) {
    IndexEntry entry = node.entry();
    if (entry == null) {
      return Set.of();
    }
    FeatureUse use = of(entry);
    Set<String> possible = new TreeSet<>();
    Set<IndexDependency> locked = new LinkedHashSet<>();
    use.dependencies().stream().filter(d -> resolved(node, d)).forEach(locked::add);
    for (String feature : use.names()) {
      boolean met =
          use.activate(Set.of(feature)).uses().stream()
              .map(FeatureUse.Use::dependency)
              .allMatch(d -> !d.optional() || locked.contains(d));
      if (met) {
        possible.add(feature);
      }
    }
    return possible;
  }

  /// Returns whether the resolution of a package has a dependency.
  static boolean resolved(Node node, IndexDependency dep) {
    String key = PackageSearch.key(dep.packageName().published());
    return node.deps().stream()
        .anyMatch(
            id -> PackageSearch.key(id.name()).equals(key) && dep.req().matches(id.version()));
  }

  /// Returns whether a dependency of a package refers to a locked one.
  static boolean means(IndexDependency dep, LockedPackageId id) {
    return PackageSearch.key(dep.packageName().published()).equals(PackageSearch.key(id.name()))
        && dep.req().matches(id.version());
  }
}
