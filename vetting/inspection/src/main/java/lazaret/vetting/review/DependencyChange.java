package lazaret.vetting.review;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import lazaret.vetting.index.IndexDependency;
import org.jspecify.annotations.Nullable;

/// The change of one dependency between two versions, according to their index lines. Cargo
/// resolves dependencies by these lines.
///
/// @param before dependency in the base; null if it is new
/// @param after dependency in the reviewed version; null if it was removed
public record DependencyChange(@Nullable IndexDependency before, @Nullable IndexDependency after) {
  /// Checks that there is at least one.
  ///
  /// @throws IllegalArgumentException if both are null
  public DependencyChange {
    if (before == null && after == null) {
      throw new IllegalArgumentException("a change of no dependency");
    }
  }

  /// Returns the dependency in the reviewed version, or in the base if it was removed.
  public IndexDependency dependency() {
    if (after != null) {
      return after;
    }
    if (before != null) {
      return before;
    }
    throw new IllegalStateException("a change of no dependency");
  }

  /// Returns whether the dependency is new in the reviewed version, of any kind.
  public boolean added() {
    return before == null;
  }

  /// Returns the changes, new dependencies first, then by kind, crate and platform.
  public static List<DependencyChange> between(
      List<IndexDependency> before, List<IndexDependency> after) {
    Map<String, IndexDependency> old = new TreeMap<>();
    before.forEach(dependency -> old.put(key(dependency), dependency));
    List<DependencyChange> changes = new ArrayList<>();
    for (IndexDependency dependency : after) {
      IndexDependency was = old.remove(key(dependency));
      if (!dependency.equals(was)) {
        changes.add(new DependencyChange(was, dependency));
      }
    }
    old.values().forEach(gone -> changes.add(new DependencyChange(gone, null)));
    changes.sort(
        Comparator.comparing((DependencyChange c) -> !c.added())
            .thenComparing(c -> c.dependency().kind())
            .thenComparing(c -> key(c.dependency())));
    return changes;
  }

  /// Returns the key of a dependency. A version can depend on one crate several times: with several
  /// kinds, for several platforms, under several names.
  private static String key(IndexDependency dependency) {
    String target = dependency.target();
    return String.join(
        "\n",
        dependency.packageName().collisionKey(),
        dependency.kind().name(),
        target == null ? "" : target,
        dependency.name());
  }
}
